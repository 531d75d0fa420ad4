/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* Where the calls of a thread are kept while they last. */
#ifndef UPROF_CALL_STORAGE_H
#define UPROF_CALL_STORAGE_H

#include "unwind_state.bpf.h"

struct call {
	__u64 stack_pointer;  /* at the entry, where the return address lies */
	__u64 return_address; /* before the kernel replaced it; only where stacks are walked */
	__u64 start_ns;
	__u32 function;
	__u32 is_recorded; /* entered while its function was live, and recording */
};

#ifdef UPROF_LEGACY
struct thread_calls {
	struct uprof_thread_header header;
	__u32 thread;
	__u32 reserved;
	__u64 skipped_exits;
};
#else
struct thread_calls {
	struct uprof_thread_header header;
	struct call calls[UPROF_MAX_CALL_DEPTH];
	__u64 skipped_exits; /* calls without room above whose exits will come by */
	/*
	 * A stack under construction, and the slow call it is part of. It belongs to the
	 * thread, not the CPU: another thread can preempt a uprobe program.
	 */
	struct unwind unwind;
};
#endif

/* key: thread id. Allocated as threads come by, removed as they exit. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 65536);
	__type(key, __u32);
	__type(value, struct thread_calls);
} threads SEC(".maps");

#ifdef UPROF_LEGACY
struct call_key {
	__u32 thread;
	__u32 index;
};

/* The calls, one by one: before Linux 4.18 a map takes no value that is larger than the stack. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 262144);
	__type(key, struct call_key);
	__type(value, struct call);
} calls_in_flight SEC(".maps");
#else
/* What a thread's value starts as; too large for the stack. */
static const struct thread_calls no_calls = {};
#endif

static __always_inline struct thread_calls *calls_of(__u32 thread)
{
	return bpf_map_lookup_elem(&threads, &thread);
}

static __always_inline struct thread_calls *calls_of_new(__u32 thread, __u32 process)
{
	struct thread_calls *calls;

#ifdef UPROF_LEGACY
	struct thread_calls no_calls = {.thread = thread};
#endif

	bpf_map_update_elem(&threads, &thread, &no_calls, BPF_NOEXIST);
	calls = bpf_map_lookup_elem(&threads, &thread);
	if (calls)
		calls->header.process = process;
	return calls;
}

#ifdef UPROF_LEGACY
/* A call that has been there; NULL where there was no room. */
static __always_inline struct call *call_at(struct thread_calls *calls, __u32 index)
{
	struct call_key key = {.thread = calls->thread, .index = index};

	return bpf_map_lookup_elem(&calls_in_flight, &key);
}

/* Where the next call goes, or NULL. */
static __always_inline struct call *new_call(struct thread_calls *calls)
{
	struct call_key key = {.thread = calls->thread, .index = calls->header.depth};
	struct call *call = bpf_map_lookup_elem(&calls_in_flight, &key);
	struct call nothing = {};

	if (call)
		return call;
	bpf_map_update_elem(&calls_in_flight, &key, &nothing, BPF_NOEXIST);
	return bpf_map_lookup_elem(&calls_in_flight, &key);
}
#else
static __always_inline struct call *call_at(struct thread_calls *calls, __u32 index)
{
	return &calls->calls[index & (UPROF_MAX_CALL_DEPTH - 1)];
}

static __always_inline struct call *new_call(struct thread_calls *calls)
{
	return call_at(calls, calls->header.depth);
}
#endif

/* Gives back what a call takes, where that is of its own. */
static __always_inline void forget_call(struct thread_calls *calls, __u32 index)
{
#ifdef UPROF_LEGACY
	struct call_key key = {.thread = calls->thread, .index = index};

	bpf_map_delete_elem(&calls_in_flight, &key);
#endif
}

#endif /* UPROF_CALL_STORAGE_H */
