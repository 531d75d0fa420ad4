// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Programs as they are started, with their arguments and who started them. */
#include "examples.bpf.h"

#define ARGUMENT_BYTES 1024

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct mm_struct {
	unsigned long arg_start;
	unsigned long arg_end;
};

struct task_struct {
	int tgid;
	struct mm_struct *mm;
	struct task_struct *real_parent;
};

#pragma clang attribute pop

/* include/trace/syscalls: what the exit of a system call is given; fixed ABI. */
struct system_call_exit {
	__u64 common;
	__s64 number;
	__s64 result;
};

struct execution {
	__u64 time;
	__u32 pid;
	__u32 parent;
	__u32 uid;
	__u32 cut; /* bytes of arguments that had no room */
	char comm[16];
	char arguments[ARGUMENT_BYTES];
};

struct settings {
	__s64 uid; /* -1 for all */
};

ONE(BPF_MAP_TYPE_ARRAY, settings, struct settings);
ONE(BPF_MAP_TYPE_PERCPU_ARRAY, scratch, struct execution);
EVENTS(executions);
ONE(BPF_MAP_TYPE_PERCPU_ARRAY, lost, __u64);

/* Called once the new program's arguments are in its memory, in the order they were given. */
static __always_inline int report_execution(void *ctx)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct settings *wanted = only_value(&settings);
	struct execution *event = only_value(&scratch);
	__u32 uid = bpf_get_current_uid_gid();
	unsigned long start, size;

	if (!wanted || !event || (wanted->uid >= 0 && wanted->uid != uid))
		return 0;
	event->time = bpf_ktime_get_ns();
	event->pid = bpf_get_current_pid_tgid() >> 32;
	event->parent = BPF_CORE_READ(task, real_parent, tgid);
	event->uid = uid;
	bpf_get_current_comm(event->comm, sizeof(event->comm));

	start = BPF_CORE_READ(task, mm, arg_start);
	size = BPF_CORE_READ(task, mm, arg_end) - start;
	event->cut = size > ARGUMENT_BYTES ? size - ARGUMENT_BYTES : 0;
	if (size > ARGUMENT_BYTES)
		size = ARGUMENT_BYTES;
	__builtin_memset(event->arguments, 0, sizeof(event->arguments));
	if (size) {
		/* From 1 to all: how old verifiers understand that. */
		size -= 1;
		asm volatile("" : "+r"(size));
		size &= ARGUMENT_BYTES - 1;
		bpf_probe_read(event->arguments, size + 1, (void *)start);
	}
	send(ctx, &executions, event, sizeof(*event), &lost);
	return 0;
}

SEC("tracepoint")
int program_executed(void *ctx)
{
	return report_execution(ctx);
}

/* Where that tracepoint is missing: the system call, if it has not failed. */
SEC("tracepoint")
int execve_returned(struct system_call_exit *ctx)
{
	return ctx->result == 0 ? report_execution(ctx) : 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
