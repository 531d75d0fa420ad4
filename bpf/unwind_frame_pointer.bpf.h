/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* To the caller by the frame pointer. */
#ifndef UPROF_UNWIND_FRAME_POINTER_H
#define UPROF_UNWIND_FRAME_POINTER_H

#include "unwind_state.bpf.h"
#include "unwind_tables.bpf.h"

/* A saved frame pointer and the return address above it, as `push %rbp` leaves them. */
struct frame_record {
	__u64 frame_pointer;
	__u64 return_address;
};

/*
 * Goes to the caller by the frame pointer: in generated code, where no table describes the image,
 * and in functions that a table leaves out (assembly; what cannot throw, in Swift). A function that
 * has not pushed it yet, or never does, makes the walk miss the caller. If it leads to nothing, the
 * stack ends by failure, an enum uprof_stack_end.
 */
FUNCTION int follow_frame_pointer(__u64 owner, __u64 failure)
{
	struct unwind *unwind = unwind_of(owner);
	struct frame_record record;
	__u64 frame_pointer;

	if (!unwind)
		return 1;
	frame_pointer = unwind->registers[REGISTER_RBP];
	unwind->stack.flags |= UPROF_STACK_FRAME_POINTERS;
	if (!is_known(unwind, REGISTER_RBP))
		return end_stack(unwind, failure);
	if (!frame_pointer)
		return end_stack(unwind, UPROF_STACK_END_COMPLETE);
	if (frame_pointer < unwind->registers[REGISTER_RSP] || frame_pointer & (sizeof(__u64) - 1))
		return end_stack(unwind, failure);
	if (bpf_probe_read_user(&record, sizeof(record), (void *)frame_pointer))
		return end_stack(unwind, failure);
		/* A register that holds no frame pointer would lead anywhere. */
#ifdef UPROF_LEGACY
	unwind->pointer_failure = failure;
#else
	unwind->lookup = record.return_address - 1;
	if (record.return_address && record.return_address != unwind->trampoline &&
	    !is_in_mapping(unwind) && !find_mapping(owner))
		return end_stack(unwind, failure);
#endif
	unwind->registers[REGISTER_RBP] = record.frame_pointer;
	unwind->known_registers = 1U << REGISTER_RSP | 1U << REGISTER_RBP;
	return go_to_caller(unwind, frame_pointer + sizeof(record), frame_pointer + sizeof(__u64),
			    record.return_address);
}

#endif /* UPROF_UNWIND_FRAME_POINTER_H */
