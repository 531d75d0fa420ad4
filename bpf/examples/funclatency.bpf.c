// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* How long the calls of a function take, counted by powers of two. */
#include "examples.bpf.h"

#define SLOTS 64

ONE(BPF_MAP_TYPE_ARRAY, shift, __u32);

/* Key: the power of two. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, SLOTS);
	__type(key, __u32);
	__type(value, __u64);
} durations SEC(".maps");

struct process_calls {
	__u64 calls;
	__u64 total; /* nanoseconds */
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, __u32); /* process */
	__type(value, struct process_calls);
} processes SEC(".maps");

/* A call that is running; one that it makes of the same function has another depth. */
struct running {
	__u32 thread;
	__u32 depth;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__type(key, struct running);
	__type(value, __u64); /* when it began */
} starts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, __u32); /* thread */
	__type(value, __u32);
} depths SEC(".maps");

ONE(BPF_MAP_TYPE_PERCPU_ARRAY, lost, __u64);

SEC("uprobe")
int begins(void *ctx)
{
	struct running call = {.thread = bpf_get_current_pid_tgid()};
	__u32 *depth = bpf_map_lookup_elem(&depths, &call.thread);
	__u64 now;

	if (depth) {
		call.depth = *depth;
		*depth += 1;
	} else {
		__u32 one = 1;

		if (bpf_map_update_elem(&depths, &call.thread, &one, BPF_ANY)) {
			count_loss(&lost);
			return 0;
		}
	}
	now = bpf_ktime_get_ns();
	if (bpf_map_update_elem(&starts, &call, &now, BPF_ANY))
		count_loss(&lost);
	return 0;
}

/* The power of two without a loop, which old kernels do not have. */
static __always_inline __u32 power_of_two(__u64 number)
{
	__u32 power = 0, step;

	step = (number > 0xffffffff) << 5;
	number >>= step;
	power |= step;
	step = (number > 0xffff) << 4;
	number >>= step;
	power |= step;
	step = (number > 0xff) << 3;
	number >>= step;
	power |= step;
	step = (number > 0xf) << 2;
	number >>= step;
	power |= step;
	step = (number > 0x3) << 1;
	number >>= step;
	power |= step;
	return power | (number > 1);
}

static __always_inline void count(__u64 duration)
{
	__u32 *by = only_value(&shift);
	__u32 process = bpf_get_current_pid_tgid() >> 32;
	__u32 slot = power_of_two(duration >> (by ? *by & 63 : 0));
	__u64 *counter = bpf_map_lookup_elem(&durations, &slot);
	struct process_calls *calls = bpf_map_lookup_elem(&processes, &process);

	/* Atomic although each processor has its own: these programs can be preempted. */
	if (counter)
		__sync_fetch_and_add(counter, 1);
	if (!calls) {
		struct process_calls none = {};

		bpf_map_update_elem(&processes, &process, &none, 1 /* BPF_NOEXIST */);
		calls = bpf_map_lookup_elem(&processes, &process);
	}
	if (!calls) {
		count_loss(&lost);
		return;
	}
	__sync_fetch_and_add(&calls->calls, 1);
	__sync_fetch_and_add(&calls->total, duration);
}

SEC("uretprobe")
int ends(void *ctx)
{
	struct running call = {.thread = bpf_get_current_pid_tgid()};
	__u32 *depth = bpf_map_lookup_elem(&depths, &call.thread);
	__u64 *start;

	/* Without one, the call began before the probes were there. */
	if (!depth || !*depth)
		return 0;
	*depth -= 1;
	call.depth = *depth;
	start = bpf_map_lookup_elem(&starts, &call);
	if (start)
		count(bpf_ktime_get_ns() - *start);
	bpf_map_delete_elem(&starts, &call);
	if (!call.depth)
		bpf_map_delete_elem(&depths, &call.thread);
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
