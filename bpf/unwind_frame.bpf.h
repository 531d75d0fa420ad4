/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* From a frame to its caller, whatever kind of code it is in. */
#ifndef UPROF_UNWIND_FRAME_H
#define UPROF_UNWIND_FRAME_H

#include "unwind_state.bpf.h"
#include "unwind_tables.bpf.h"
#include "unwind_known_rules.bpf.h"
#include "unwind_frame_pointer.bpf.h"
#include "unwind_rule.bpf.h"
#include "unwind_uprobes.bpf.h"

/* Why the code at unwind->lookup is in no mapping. */
static __always_inline __u8 unmapped_reason(struct unwind *unwind)
{
	/* arch/x86/include/uapi/asm/vsyscall.h */
	if (unwind->lookup >> 12 == 0xffffffffff600ULL)
		return UPROF_STACK_END_VSYSCALL;
	return unwind->mapping_count ? UPROF_STACK_END_NO_MAPPING : UPROF_STACK_END_NEW_PROCESS;
}

/* Adds the frame the registers are in, and goes to its caller. Returns whether the stack ends. */
static __always_inline int leave_any_frame(struct unwind *unwind, __u64 owner)
{
	__u64 frame;

	if (unwind->stack.frame_count >= UPROF_MAX_FRAMES)
		return end_stack(unwind, UPROF_STACK_END_TOO_DEEP);
	unwind->lookup = unwind->registers[REGISTER_RIP] - unwind->is_return_address;
	if (!is_in_mapping(unwind) && !find_mapping(owner)) {
#ifdef UPROF_LEGACY
		if (unwind->pointer_failure)
			return end_stack(unwind, unwind->pointer_failure);
#endif
		add_frame(unwind, 0, unwind->lookup);
		return end_stack(unwind, unmapped_reason(unwind));
	}
#ifdef UPROF_LEGACY
	unwind->pointer_failure = 0;
#endif
	if (unwind->mapping.kind == UPROF_MAPPING_JIT) {
		add_frame(unwind, UPROF_IMAGE_JIT, unwind->lookup);
		return follow_frame_pointer(owner, UPROF_STACK_END_JIT);
	}
	frame = add_frame(unwind, unwind->mapping.image, unwind->lookup - unwind->mapping.bias);
	switch (find_rule(unwind, owner, frame)) {
	case UPROF_IMAGE_READY:
		return follow_rule(unwind, owner);
	case UPROF_IMAGE_NO_TABLE:
		return follow_frame_pointer(owner, UPROF_STACK_END_NO_FRAME_POINTER);
	case UPROF_IMAGE_NO_ROOM:
		return end_stack(unwind, UPROF_STACK_END_NO_ROOM);
	case UPROF_IMAGE_BAD_TABLE:
		return end_stack(unwind, UPROF_STACK_END_BAD_TABLE);
	default:
		return end_stack(unwind, UPROF_STACK_END_NO_TABLE_YET);
	}
}

FUNCTION int unwind_frame(__u64 owner)
{
	struct unwind *unwind = unwind_of(owner);

	if (!unwind || leave_any_frame(unwind, owner))
		return 1;
	return arrive(unwind, owner);
}

#endif /* UPROF_UNWIND_FRAME_H */
