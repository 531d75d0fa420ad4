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

struct no_programs {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} no_programs SEC(".maps"), no_session_programs SEC(".maps");

/* The maps are empty. All programs that use one of them are attached in one way (Linux 6.18). */
static __always_inline void keep_own_stack(struct pt_regs *ctx, void *programs)
{
	/* Nobody is at address zero. */
	if (!ctx->ip)
		bpf_tail_call(ctx, programs, 0);
}

#endif /* UPROF_PREEMPTION_H */
