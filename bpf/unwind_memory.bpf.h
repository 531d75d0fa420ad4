/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* The program's memory, as far as unwinding needs it. */
#ifndef UPROF_UNWIND_MEMORY_H
#define UPROF_UNWIND_MEMORY_H

#include "unwind_state.bpf.h"

#ifdef UPROF_LEGACY
static __always_inline bool read_word(struct unwind *unwind, __u64 owner, __u64 address,
				      __u64 *word)
{
	return !bpf_probe_read_user(word, sizeof(*word), (void *)address);
}
#else

#define UPROF_PAGE_BYTES	  4096
/* How much is read before an address: a function saves registers below its return address. */
#define UPROF_WINDOW_BYTES_BEFORE 64

/*
 * Reads the memory around an address, all of it in one page: what lies in others may not be there,
 * and to find that out takes longer than to unwind. Returns whether a word at the address could be
 * read.
 */
FUNCTION int read_window(__u64 owner, __u64 address)
{
	struct unwind *unwind = unwind_of(owner);
	__u64 offset = address & (UPROF_PAGE_BYTES - 1), before = offset & ~7ULL, size;

	if (!unwind)
		return 0;
	unwind->window_bytes = 0;
	if (offset > UPROF_PAGE_BYTES - sizeof(__u64))
		return 0;
	if (before > UPROF_WINDOW_BYTES_BEFORE)
		before = UPROF_WINDOW_BYTES_BEFORE;
	size = UPROF_PAGE_BYTES - (offset - before);
	if (size > sizeof(unwind->window))
		size = sizeof(unwind->window);
	if (bpf_probe_read_user(unwind->window, size, (void *)(address - before)))
		return 0;
	unwind->window_start = address - before;
	unwind->window_bytes = size & ~7ULL;
	return 1;
}

/*
 * Reads a word, which mostly is a return address on the stack: there are more of them near it, and
 * to ask the kernel for each takes longer than all else.
 */
static __always_inline bool read_word(struct unwind *unwind, __u64 owner, __u64 address,
				      __u64 *word)
{
	__u64 offset = address - unwind->window_start;

	if (offset >= unwind->window_bytes || offset & 7) {
		if (!read_window(owner, address))
			return !bpf_probe_read_user(word, sizeof(*word), (void *)address);
		offset = address - unwind->window_start;
	}
	*word = unwind->window[offset >> 3 & (UPROF_WINDOW_WORDS - 1)];
	return true;
}
#endif

#endif /* UPROF_UNWIND_MEMORY_H */
