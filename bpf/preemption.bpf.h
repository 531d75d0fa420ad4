/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * From Linux 6.13 on, a program with more than 64 bytes on its stack may get a stack that belongs
 * to the processor (bpf_enable_priv_stack in kernel/bpf/verifier.c). But programs of uprobes can be
 * preempted, and then another thread's run of the same program writes over it: in kernels with full
 * or lazy preemption, calls of one thread turned up in another. Programs with tail calls keep the
 * ordinary stack: so each has one, which is never made.
 */
#ifndef UPROF_PREEMPTION_H
#define UPROF_PREEMPTION_H

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} no_programs SEC(".maps");

static __always_inline void keep_own_stack(void *ctx, __u32 phase)
{
	/* No phase, which neither the verifier nor the compiler knows. */
	if (phase == ~0U)
		bpf_tail_call(ctx, &no_programs, 0);
}

#endif /* UPROF_PREEMPTION_H */
