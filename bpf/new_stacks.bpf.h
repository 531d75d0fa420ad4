/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* How user space is told the frames of stacks that it may not know. */
#ifndef UPROF_NEW_STACKS_H
#define UPROF_NEW_STACKS_H

#include "record_scratch.bpf.h"

#ifndef UPROF_LEGACY

/* Events: struct uprof_new_stack with its frames. Resized before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} new_stacks SEC(".maps");

/* Wakes user space once the buffer is half full: until then, it comes when it likes. */
static __always_inline __u64 wakeup_flag(void)
{
	__u64 filled = bpf_ringbuf_query(&new_stacks, BPF_RB_AVAIL_DATA);
	__u64 size = bpf_ringbuf_query(&new_stacks, BPF_RB_RING_SIZE);

	return filled > size / 2 ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP;
}

/* Tells a stack whose hash and header lie before its frames. Returns whether there is room. */
static __always_inline bool tell_stack(void *new_stack, __u32 frame_count, __u32 most_frames)
{
	__u64 size = sizeof(struct uprof_new_stack);

	if (frame_count > most_frames)
		frame_count = most_frames;
	size += frame_count * sizeof(__u64);
	if (!bpf_ringbuf_output(&new_stacks, new_stack, size, wakeup_flag()))
		return true;
	count_loss(UPROF_LOSS_RING_FULL);
	return false;
}

/* Tells both parts of a stack. Returns whether there is room. */
static __always_inline bool tell_stacks(struct scratch *scratch)
{
	struct unwind *unwind = &scratch->unwind;

	unwind->new_stack_hash = unwind->hash;
	if (!tell_stack(&unwind->new_stack_hash, unwind->stack.frame_count, UPROF_MAX_FRAMES))
		return false;
	return !scratch->key.kernel_hash ||
	       tell_stack(&scratch->kernel_hash, scratch->kernel_stack.frame_count,
			  UPROF_MAX_KERNEL_FRAMES);
}

#else

/* key: hash of the frames, value: struct uprof_stack with its frames. Resized before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u64));
	__uint(value_size, UPROF_STACK_SIZE);
} stacks SEC(".maps");

static __always_inline bool tell_stacks(struct scratch *scratch)
{
	__u64 hash = scratch->unwind.hash;

	if (bpf_map_lookup_elem(&stacks, &hash) ||
	    !bpf_map_update_elem(&stacks, &hash, &scratch->unwind.stack, BPF_ANY))
		return true;
	count_loss(UPROF_LOSS_STACK_TABLE_FULL);
	return false;
}

#endif /* UPROF_LEGACY */

#endif /* UPROF_NEW_STACKS_H */
