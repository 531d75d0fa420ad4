/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* Stack pointers, and how they compare. */
#ifndef UPROF_PLACES_H
#define UPROF_PLACES_H

#include "current.bpf.h"

/* A stack pointer, and where the thread's alternate signal stack is (sigaltstack(2)). */
struct place {
	__u64 stack_pointer;
	__u64 signal_stack;
	__u64 signal_stack_size;
};

static __always_inline struct place place_of(__u64 stack_pointer)
{
	struct place place = {
	    .stack_pointer = stack_pointer,
	    .signal_stack = CURRENT_FIELD(sas_ss_sp),
	    .signal_stack_size = CURRENT_FIELD(sas_ss_size),
	};

	return place;
}

static __always_inline bool is_on_signal_stack(__u64 stack_pointer, const struct place *place)
{
	return stack_pointer - place->signal_stack - 1 < place->signal_stack_size;
}

/*
 * Whether the frame whose return address lies at slot is gone when the thread is at a place.
 *
 * Addresses on the signal stack and off it do not compare: what a signal has interrupted
 * waits below the calls of the handler, and those are gone as soon as anything runs off it.
 */
static __always_inline bool is_left(__u64 slot, const struct place *place)
{
	bool on_signal_stack = is_on_signal_stack(place->stack_pointer, place);

	if (is_on_signal_stack(slot, place) == on_signal_stack)
		return slot < place->stack_pointer;
	return !on_signal_stack;
}

#endif /* UPROF_PLACES_H */
