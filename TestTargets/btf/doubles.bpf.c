// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Kernels have different types of one name; these questions they answer alike.
#include "core.bpf.h"

struct getdents_callback {
    struct {
        void *actor;
    } ctx;
} KERNEL;

struct irq_info {};
struct perf_aux_event {};

PROGRAM(agreeing)
{
    struct getdents_callback *callback = (void *)bpf_get_current_task();
    __u64 sum = bpf_core_field_exists(callback->ctx);

    MIX(sum, bpf_core_type_exists(struct irq_info));
    MIX(sum, bpf_core_type_exists(struct perf_aux_event));
    return sum;
}
