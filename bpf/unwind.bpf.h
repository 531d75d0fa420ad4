/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * Unwinds the user stack of the current thread by the rules of `.eh_frame`.
 *
 * The object that includes this defines unwind_of(), which finds the state of a stack under
 * construction by a number. Every failure ends the stack with its reason; what was found is kept.
 */
#ifndef UPROF_UNWIND_H
#define UPROF_UNWIND_H

#include "unwind_state.bpf.h"
#include "unwind_uprobes.bpf.h"
#include "unwind_frame.bpf.h"

/* Empties the state for a stack of a process. */
static __always_inline void begin_stack(struct unwind *unwind, const struct uprof_process *process)
{
	/* One load: user space replaces it as a whole. */
	__u64 known = process ? *(volatile __u64 *)&process->mappings : 0;
	struct task_struct *task = (void *)bpf_get_current_task();

	unwind->first_mapping = known;
	unwind->mapping_count = known >> 32;
	unwind->mapping.start = 0;
	unwind->mapping.end = 0;
	unwind->hash = 0x2545f4914f6cdd1dULL;
	unwind->stack.frame_count = 0;
	unwind->stack.end = UPROF_STACK_END_COMPLETE;
	unwind->stack.detail = 0;
	unwind->stack.flags = 0;
	unwind->stack.reserved = 0;
	unwind->known_registers = ALL_REGISTERS;
	unwind->rbx_place = 0;
#ifdef UPROF_LEGACY
	unwind->pointer_failure = 0;
#else
	unwind->window_bytes = 0;
#endif
	unwind->trampoline = 0;
	unwind->instance = 0;
	if (bpf_core_field_exists(((struct mm_struct *)0)->uprobes_state)) {
		unwind->trampoline = trampoline_of(task);
		if (unwind->trampoline) {
			struct uprobe_task *probes = READ(task, utask);

			unwind->instance = (__u64)READ(probes, return_instances);
		}
	}
}

#ifdef UPROF_LEGACY
#include "unwind_chain.bpf.h"
#else
/*
 * The verifier goes through a loop turn by turn, but through a function only once: loops of 8 turns
 * in loops of 8 are verified four times as fast as one of 64.
 */
#define UPROF_FRAMES_AT_ONCE 8
#define UPROF_MANY_FRAMES    64

/* Unwinds some frames. Returns whether the stack has ended. */
FUNCTION int unwind_frames(__u64 owner)
{
	BOUNDED
	for (int i = 0; i < UPROF_FRAMES_AT_ONCE; i++) {
		if (unwind_frame(owner))
			return 1;
	}
	return 0;
}

/* Unwinds many frames. Returns whether the stack has ended. */
FUNCTION int unwind_many_frames(__u64 owner)
{
	BOUNDED
	for (int i = 0; i < UPROF_MANY_FRAMES / UPROF_FRAMES_AT_ONCE; i++) {
		if (unwind_frames(owner))
			return 1;
	}
	return 0;
}

/* Unwinds from where the registers are to the root, and completes the hash. */
static __always_inline void unwind_stack(struct unwind *unwind, __u64 owner)
{
	BOUNDED
	for (int i = 0; i <= UPROF_MAX_FRAMES / UPROF_MANY_FRAMES; i++) {
		if (unwind_many_frames(owner))
			break;
	}
	complete_hash(unwind);
}
#endif

#endif /* UPROF_UNWIND_H */
