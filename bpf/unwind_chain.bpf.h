/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* Unwinds by programs that follow each other, for kernels without loops. */
#ifndef UPROF_UNWIND_CHAIN_H
#define UPROF_UNWIND_CHAIN_H

#include "unwind_frame.bpf.h"

/*
 * The programs that follow each other, by tail calls: each unwinds a few frames, as many as fit,
 * until the stack ends; then the last one takes over. The kernel allows 32 tail calls.
 */
enum unwind_program {
	UNWIND_FRAMES = 0,
	UNWIND_FINISH = 1,
	UNWIND_PROGRAMS = 2,
};

#define UPROF_FRAMES_PER_PROGRAM 3
#define UPROF_UNWIND_PROGRAMS	 30

/* What a program of the chain does; comes back only where a stack is lost. */
static __always_inline void unwind_frames(void *ctx, void *programs, struct unwind *unwind)
{
	/* The state belongs to the processor: another thread may have come between. */
	if (unwind->thread != (__u32)bpf_get_current_pid_tgid())
		return;
	BOUNDED
	for (int i = 0; i < UPROF_FRAMES_PER_PROGRAM; i++) {
		if (leave_any_frame(unwind, (__u64)unwind) || arrive(unwind, (__u64)unwind))
			goto finish;
	}
	if (unwind->programs_left) {
		unwind->programs_left--;
		bpf_tail_call(ctx, programs, UNWIND_FRAMES);
	}
	end_stack(unwind, UPROF_STACK_END_TOO_DEEP);
finish:
	complete_hash(unwind);
	bpf_tail_call(ctx, programs, UNWIND_FINISH);
}

/* Starts the chain with the registers as they are, or, where the stack has ended, its last program.
 */
static __always_inline void begin_unwinding(void *ctx, void *programs, struct unwind *unwind,
					    bool has_ended)
{
	unwind->thread = bpf_get_current_pid_tgid();
	unwind->programs_left = UPROF_UNWIND_PROGRAMS;
	if (has_ended) {
		complete_hash(unwind);
		bpf_tail_call(ctx, programs, UNWIND_FINISH);
	} else {
		bpf_tail_call(ctx, programs, UNWIND_FRAMES);
	}
}

#endif /* UPROF_UNWIND_CHAIN_H */
