// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Of the different types of one name, the first question chooses one for the next.
#include "core.bpf.h"

/* That of the 8250 serial driver, not those of Xen and ACPI. */
struct irq_info {
    struct {
        struct hlist_node *next;
    } node;
    int irq;
} KERNEL;

PROGRAM(narrowed)
{
    struct irq_info *info = (void *)bpf_get_current_task();
    __u64 sum = bpf_core_field_exists(info->node);

    if (bpf_core_field_exists(info->node))
        MIX(sum, bpf_core_field_offset(info->irq));
    return sum;
}
