// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Files as they are opened: by whom, and what came of it. */
#include "examples.bpf.h"

#define PATH_BYTES 256

/* What the start and the end of a system call are given: fixed ABI (tracefs has the formats). */
struct system_call {
	__u64 common;
	__s64 number;
	__u64 arguments[6];
};

struct system_call_exit {
	__u64 common;
	__s64 number;
	__s64 result;
};

struct opened {
	__u64 time;
	__u32 pid;
	__u32 tid;
	__s32 result; /* a descriptor, or a negated errno */
	__u32 flags;
	char comm[16];
	char path[PATH_BYTES];
};

/* A call that has begun. The path is read at its end: it may have been swapped out before. */
struct call {
	const char *path;
	__u32 flags;
	__u32 unused;
};

struct settings {
	__u32 pid; /* 0 for all */
	bool failed_only;
};

ONE(BPF_MAP_TYPE_ARRAY, settings, struct settings);
ONE(BPF_MAP_TYPE_PERCPU_ARRAY, scratch, struct opened);
EVENTS(files);
ONE(BPF_MAP_TYPE_PERCPU_ARRAY, lost_files, __u64);

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, __u32); /* thread */
	__type(value, struct call);
} calls SEC(".maps");

/* Calls that had no room in that map. */
ONE(BPF_MAP_TYPE_PERCPU_ARRAY, lost_calls, __u64);

static __always_inline int begin(const char *path, __u32 flags)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct settings *wanted = only_value(&settings);
	struct call call = {.path = path, .flags = flags};
	__u32 thread = id;

	if (!wanted || (wanted->pid && wanted->pid != id >> 32))
		return 0;
	if (bpf_map_update_elem(&calls, &thread, &call, BPF_ANY))
		count_loss(&lost_calls);
	return 0;
}

SEC("tracepoint")
int open_begins(struct system_call *ctx)
{
	return begin((const char *)ctx->arguments[0], ctx->arguments[1]);
}

SEC("tracepoint")
int openat_begins(struct system_call *ctx)
{
	return begin((const char *)ctx->arguments[1], ctx->arguments[2]);
}

/* Its flags are in a structure of the caller's: include/uapi/linux/openat2.h. */
SEC("tracepoint")
int openat2_begins(struct system_call *ctx)
{
	__u64 flags = 0;

	bpf_probe_read(&flags, sizeof(flags), (const void *)ctx->arguments[2]);
	return begin((const char *)ctx->arguments[1], flags);
}

static __always_inline int end(struct system_call_exit *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	__u32 thread = id;
	struct call *call = bpf_map_lookup_elem(&calls, &thread);
	struct settings *wanted = only_value(&settings);
	struct opened *event = only_value(&scratch);

	if (!call || !wanted || !event)
		return 0;
	if (!wanted->failed_only || ctx->result < 0) {
		event->time = bpf_ktime_get_ns();
		event->pid = id >> 32;
		event->tid = thread;
		event->result = ctx->result;
		event->flags = call->flags;
		bpf_get_current_comm(event->comm, sizeof(event->comm));
		__builtin_memset(event->path, 0, sizeof(event->path));
		bpf_probe_read_str(event->path, sizeof(event->path), call->path);
		send(ctx, &files, event, sizeof(*event), &lost_files);
	}
	bpf_map_delete_elem(&calls, &thread);
	return 0;
}

SEC("tracepoint")
int open_ends(struct system_call_exit *ctx)
{
	return end(ctx);
}

SEC("tracepoint")
int openat_ends(struct system_call_exit *ctx)
{
	return end(ctx);
}

SEC("tracepoint")
int openat2_ends(struct system_call_exit *ctx)
{
	return end(ctx);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
