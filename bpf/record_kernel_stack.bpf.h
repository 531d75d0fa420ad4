/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* The kernel's part of a stack. */
#ifndef UPROF_RECORD_KERNEL_STACK_H
#define UPROF_RECORD_KERNEL_STACK_H

#include "record_scratch.bpf.h"

#ifndef UPROF_LEGACY
#define UPROF_KERNEL_FRAMES_AT_ONCE 4
#define UPROF_MANY_KERNEL_FRAMES    32

/*
 * Adds some frames of the kernel's part of the stack to its hash. Returns whether there may be
 * more.
 */
FUNCTION int hash_kernel_frames(__u64 owner, __u32 first)
{
	struct scratch *scratch = scratch_of(owner);
	__u64 hash;

	if (!scratch)
		return 0;
	hash = scratch->kernel_hash;
	BOUNDED
	for (__u32 i = 0; i < UPROF_KERNEL_FRAMES_AT_ONCE; i++) {
		__u32 index = first + i;

		if (index >= scratch->kernel_stack.frame_count)
			break;
		hash = mix(hash, scratch->kernel_frames[index & UPROF_MAX_KERNEL_FRAMES]);
	}
	scratch->kernel_hash = hash;
	return first + UPROF_KERNEL_FRAMES_AT_ONCE < scratch->kernel_stack.frame_count;
}

/* The same for many frames. */
FUNCTION int hash_many_kernel_frames(__u64 owner, __u32 first)
{
	BOUNDED
	for (__u32 i = 0; i < UPROF_MANY_KERNEL_FRAMES; i += UPROF_KERNEL_FRAMES_AT_ONCE) {
		if (!hash_kernel_frames(owner, first + i))
			return 0;
	}
	return 1;
}

/* Hashes the kernel's part of the stack; never zero. */
static __always_inline void hash_kernel_stack(struct scratch *scratch, __u64 owner)
{
	scratch->kernel_hash = 0x2545f4914f6cdd1dULL;
	BOUNDED
	for (__u32 i = 0; i < UPROF_MAX_KERNEL_FRAMES; i += UPROF_MANY_KERNEL_FRAMES) {
		if (!hash_many_kernel_frames(owner, i))
			break;
	}
	scratch->kernel_hash = scratch->kernel_hash ?: 1;
}

/* Takes the kernel's part of the stack, where the thread is in the kernel. */
static __always_inline void take_kernel_stack(void *ctx, struct scratch *scratch, __u64 owner)
{
	long size;

	if (!with_kernel_stacks)
		return;
	size =
	    bpf_get_stack(ctx, scratch->kernel_frames, UPROF_MAX_KERNEL_FRAMES * sizeof(__u64), 0);
	if (size <= 0)
		return;
	scratch->kernel_stack.frame_count = size / sizeof(__u64);
	scratch->kernel_stack.flags = UPROF_STACK_KERNEL;
	hash_kernel_stack(scratch, owner);
	scratch->key.kernel_hash = scratch->kernel_hash;
}

#else
/* The helper that takes it is of Linux 4.18. */
static __always_inline void take_kernel_stack(void *ctx, struct scratch *scratch, __u64 owner)
{
}
#endif

#endif /* UPROF_RECORD_KERNEL_STACK_H */
