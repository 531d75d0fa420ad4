/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* The kernel's part of a stack. */
#ifndef UPROF_RECORD_KERNEL_STACK_H
#define UPROF_RECORD_KERNEL_STACK_H

#include "samples.bpf.h"
#include "record_scratch.bpf.h"

#ifndef UPROF_LEGACY
/* Hashes the kernel's part of the stack; never zero. */
__noinline int hash_kernel_stack(__u64 owner)
{
	struct scratch *scratch = scratch_of(owner);
	__u64 hash = 0x2545f4914f6cdd1dULL;

	if (!scratch)
		return 0;
	for (__u32 i = 0; i < UPROF_MAX_KERNEL_FRAMES; i++) {
		if (i >= scratch->kernel_stack.frame_count)
			break;
		hash = mix(hash, scratch->kernel_frames[i]);
	}
	scratch->kernel_hash = hash ?: 1;
	return 0;
}

/* Takes the kernel's part of the stack, where the thread is in the kernel. */
static __always_inline void take_kernel_stack(void *ctx, struct scratch *scratch, __u64 owner)
{
	long size;

	scratch->key.kernel_hash = 0;
	if (!with_kernel_stacks)
		return;
	size = bpf_get_stack(ctx, scratch->kernel_frames, sizeof(scratch->kernel_frames), 0);
	if (size <= 0)
		return;
	scratch->kernel_stack.frame_count = size / sizeof(__u64);
	hash_kernel_stack(owner);
	if (keep_stack(&kernel_stacks, &scratch->kernel_hash, &scratch->kernel_stack))
		scratch->key.kernel_hash = scratch->kernel_hash;
}

#else
/* The helper that takes it is of Linux 4.18. */
static __always_inline void take_kernel_stack(void *ctx, struct scratch *scratch, __u64 owner)
{
	scratch->key.kernel_hash = 0;
}
#endif

#endif /* UPROF_RECORD_KERNEL_STACK_H */
