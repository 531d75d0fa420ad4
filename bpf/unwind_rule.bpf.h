/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* To the caller by an unwind rule. */
#ifndef UPROF_UNWIND_RULE_H
#define UPROF_UNWIND_RULE_H

#include "unwind_state.bpf.h"
#include "unwind_tables.bpf.h"
#include "unwind_frame_pointer.bpf.h"
#include "unwind_memory.bpf.h"
#include "unwind_signal.bpf.h"

/* The canonical frame address: the caller's stack pointer. Returns zero, or why there is none. */
static __always_inline __u8 find_cfa(struct unwind *unwind, __u64 owner, __u64 *cfa)
{
	__u8 number = unwind->rule.cfa_register;
	__u64 base;

	if (unwind->rule.kind == UPROF_RULE_LINKAGE) {
		*cfa = unwind->registers[REGISTER_RSP] + unwind->rule.cfa_offset +
		       ((unwind->registers[REGISTER_RIP] & 15) >= number ? sizeof(__u64) : 0);
		return 0;
	}
	if (!is_known(unwind, number))
		return UPROF_STACK_END_LOST_REGISTER;
	base = unwind->registers[number & 15];
	if (number == REGISTER_RBX && unwind->rbx_place &&
	    !read_word(unwind, owner, unwind->rbx_place, &base))
		return UPROF_STACK_END_UNREADABLE;
	*cfa = base + unwind->rule.cfa_offset;
	if (unwind->rule.kind == UPROF_RULE_DEREFERENCED) {
		if (!read_word(unwind, owner, *cfa, &base))
			return UPROF_STACK_END_UNREADABLE;
		*cfa = base + unwind->rule.cfa_added;
	}
	return 0;
}

/* Restores the caller's rbp. Returns zero, or why it cannot be told. */
static __always_inline __u8 restore_frame_pointer(struct unwind *unwind, __u64 owner, __u64 cfa)
{
	__u8 number = unwind->rule.pointer_register;
	__u64 place = cfa;

	switch (unwind->rule.saved_kinds & 15) {
	case UPROF_SAVED_SAME:
		return 0;
	case UPROF_SAVED_AT_REGISTER:
		if (!is_known(unwind, number))
			return UPROF_STACK_END_LOST_REGISTER;
		place = unwind->registers[number & 15];
		break;
	case UPROF_SAVED_AT_CFA:
		break;
	default:
		unwind->known_registers &= ~(1U << REGISTER_RBP);
		return 0;
	}
	if (!read_word(unwind, owner, place + unwind->rule.pointer_offset,
		       &unwind->registers[REGISTER_RBP]))
		return UPROF_STACK_END_UNREADABLE;
	unwind->known_registers |= 1U << REGISTER_RBP;
	return 0;
}

/* Takes note of where the caller's rbx is; few rules ever need it. */
static __always_inline void restore_rbx(struct unwind *unwind, __u64 cfa)
{
	switch (unwind->rule.saved_kinds >> 4) {
	case UPROF_SAVED_SAME:
		break;
	case UPROF_SAVED_AT_CFA:
		unwind->rbx_place = cfa + unwind->rule.rbx_offset;
		unwind->known_registers |= 1U << REGISTER_RBX;
		break;
	default:
		unwind->known_registers &= ~(1U << REGISTER_RBX);
	}
}

/* Goes to the caller by a rule with a frame. Returns whether the stack ends here. */
static __always_inline int leave_frame(struct unwind *unwind, __u64 owner)
{
	__u8 return_register = unwind->rule.return_register, failure;
	__u64 cfa = 0, slot, return_address = 0;

	failure = find_cfa(unwind, owner, &cfa);
	if (failure)
		return end_stack(unwind, failure);
	slot = cfa + (__s64)unwind->rule.return_offset * (__s64)sizeof(__u64);
	if (return_register == UPROF_RETURN_IN_MEMORY) {
		if (cfa <= unwind->registers[REGISTER_RSP])
			return end_stack(unwind, UPROF_STACK_END_NOT_ADVANCING);
		if (!read_word(unwind, owner, slot, &return_address))
			return end_stack(unwind, UPROF_STACK_END_UNREADABLE);
	} else {
		if (!is_known(unwind, return_register))
			return end_stack(unwind, UPROF_STACK_END_LOST_REGISTER);
		return_address = unwind->registers[return_register & 15];
	}
	failure = restore_frame_pointer(unwind, owner, cfa);
	if (failure)
		return end_stack(unwind, failure);
	restore_rbx(unwind, cfa);
	unwind->known_registers &= 1U << REGISTER_RSP | 1U << REGISTER_RBP | 1U << REGISTER_RBX;
	return go_to_caller(unwind, cfa, slot, return_address);
}

/* Goes to the caller by the rule that was found. Returns whether the stack ends here. */
static __always_inline int follow_rule(struct unwind *unwind, __u64 owner)
{
	__u32 number = unwind->rule_number;
	struct uprof_unwind_rule *rule = bpf_map_lookup_elem(&unwind_rules, &number);

	if (rule)
		unwind->rule = *rule;
	else
		unwind->rule.kind = UPROF_RULE_NONE;
	switch (unwind->rule.kind) {
	case UPROF_RULE_SIGNAL:
		return leave_signal(unwind);
	case UPROF_RULE_END:
		return end_stack(unwind, UPROF_STACK_END_COMPLETE);
	case UPROF_RULE_NONE:
		return follow_frame_pointer(owner, UPROF_STACK_END_NO_INFORMATION);
	case UPROF_RULE_UNSUPPORTED:
		unwind->stack.detail = unwind->rule.cfa_register;
		return end_stack(unwind, UPROF_STACK_END_UNSUPPORTED);
	default:
		return leave_frame(unwind, owner);
	}
}

#endif /* UPROF_UNWIND_RULE_H */
