/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * Rules that have been found, so that most frames need no search: stacks begin alike, and stay
 * alike for a while.
 *
 * The rule at an address of an image is always the same: neither is the number of an image or of
 * a rule given to another one, nor does a table change. So nothing that is remembered gets wrong.
 */
#ifndef UPROF_UNWIND_KNOWN_RULES_H
#define UPROF_UNWIND_KNOWN_RULES_H

#include "unwind_state.bpf.h"
#include "unwind_tables.bpf.h"

#ifdef UPROF_KNOWN_RULES
/* A frame and its rule in a word: the image's number, 32 bits of address, the rule's number. */
#define UPROF_KNOWN_ADDRESS_BITS 32
#define UPROF_KNOWN_RULE_BITS	 16

/* What search_rule() does, for a frame that has just been added. */
static __always_inline int find_rule(struct unwind *unwind, __u64 owner, __u64 frame)
{
	__u64 image = frame >> UPROF_FRAME_IMAGE_SHIFT;
	__u64 address = frame & ((1ULL << UPROF_FRAME_IMAGE_SHIFT) - 1);
	__u64 key = (image << UPROF_KNOWN_ADDRESS_BITS | address) << UPROF_KNOWN_RULE_BITS;
	__u64 *known = &unwind->known_rules[mix(0, frame) & (UPROF_KNOWN_RULES - 1)];
	int state;

	if (address >> UPROF_KNOWN_ADDRESS_BITS)
		return search_rule(owner);
	/* No image has the number zero, so that a word of zero is no frame's. */
	if (*known >> UPROF_KNOWN_RULE_BITS == key >> UPROF_KNOWN_RULE_BITS) {
		unwind->rule_number = *known & ((1U << UPROF_KNOWN_RULE_BITS) - 1);
		return UPROF_IMAGE_READY;
	}
	state = search_rule(owner);
	if (state == UPROF_IMAGE_READY && unwind->rule_number != UPROF_NO_RULE)
		*known = key | unwind->rule_number;
	return state;
}
#else
static __always_inline int find_rule(struct unwind *unwind, __u64 owner, __u64 frame)
{
	return search_rule(owner);
}
#endif

#endif /* UPROF_UNWIND_KNOWN_RULES_H */
