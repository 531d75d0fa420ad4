/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* Where programs of the recorder work. */
#ifndef UPROF_RECORD_SCRATCH_H
#define UPROF_RECORD_SCRATCH_H

#include "unwind.bpf.h"

/*
 * Scratch space by kind of program, since a sample can interrupt a program at a switch; by CPU
 * is enough, since neither is preempted by its own kind.
 */
enum scratch_owner {
	SCRATCH_SAMPLE = 0,
	SCRATCH_SWITCH = 1,
	SCRATCH_COUNT = 2,
};

struct scratch {
	struct unwind unwind;
	struct pt_regs registers;
	struct uprof_sample_key key;
	__u64 start_ns; /* since when the thread has not run */
	__u64 ran_ns;	/* how long it had run until then */
	__u32 thread;
	/*
	 * Whether the registers are of the very moment. The verifier knows no values of a map: what
	 * follows is looked at once, not for each way to get there.
	 */
	volatile __u32 is_interrupted;
#ifndef UPROF_LEGACY
	/* The kernel's part: a struct uprof_new_stack and its frames. */
	__u64 kernel_hash;
	struct uprof_stack kernel_stack;
	/* One more than are kept, so that a mask bounds them. */
	__u64 kernel_frames[UPROF_MAX_KERNEL_FRAMES + 1];
#endif
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, SCRATCH_COUNT);
	__type(key, __u32);
	__type(value, struct scratch);
} scratches SEC(".maps");

/* key: thread id in the initial namespace. Resized before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct uprof_blocked);
} blocked SEC(".maps");

static __always_inline struct scratch *scratch_of(__u64 owner)
{
	__u32 key = owner;

	return bpf_map_lookup_elem(&scratches, &key);
}

#ifndef UPROF_LEGACY
static __always_inline struct unwind *unwind_of(__u64 owner)
{
	struct scratch *scratch = scratch_of(owner);

	return scratch ? &scratch->unwind : NULL;
}

#endif

#endif /* UPROF_RECORD_SCRATCH_H */
