// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Kernels have different types of one name, and this question they answer differently.
#include "core.bpf.h"

struct irq_info {};

PROGRAM(ambiguous)
{
    return bpf_core_type_size(struct irq_info);
}
