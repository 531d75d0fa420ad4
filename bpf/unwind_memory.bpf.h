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

#define UPROF_PAGE_BYTES 4096

/*
 * Reads the memory from an address on, up to the end of its page: what lies behind may not be
 * there, and to find that out takes longer than to unwind. Returns whether a word of it could be
 * read.
 */
FUNCTION int read_window(__u64 owner, __u64 address)
{
	struct unwind *unwind = unwind_of(owner);
	__u64 size = UPROF_PAGE_BYTES - (address & (UPROF_PAGE_BYTES - 1));

	if (!unwind)
		return 0;
	unwind->window_bytes = 0;
	if (size > sizeof(unwind->window))
		size = sizeof(unwind->window);
	if (size < sizeof(__u64))
		return 0;
	if (bpf_probe_read_user(unwind->window, size, (void *)address))
		return 0;
	unwind->window_start = address;
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
		offset = 0;
	}
	*word = unwind->window[offset >> 3 & (UPROF_WINDOW_WORDS - 1)];
	return true;
}
#endif

#endif /* UPROF_UNWIND_MEMORY_H */
