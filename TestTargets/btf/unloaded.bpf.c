// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// A program that is not loaded decides nothing for the one that is.
#include "core.bpf.h"

/* Of the 8250 serial driver, and of Xen. */
struct irq_info {
	struct {
		struct hlist_node *next;
	} node;
	int evtchn;
} KERNEL;

/* Its first question would choose the serial driver's, the second cannot be answered. */
SEC("?raw_tp/sys_enter") int skipped(void *context)
{
	struct irq_info *info = (void *)bpf_get_current_task();
	__u64 sum = bpf_core_field_exists(info->node);

	MIX(sum, bpf_core_type_size(struct irq_info));
	return sum;
}

PROGRAM(loaded)
{
	struct irq_info *info = (void *)bpf_get_current_task();

	return bpf_core_field_exists(info->evtchn);
}
