/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * The few kernel types the programs look into, reduced to the fields used.
 * libbpf relocates every access to the running kernel's own layout (CO-RE), so
 * neither order nor offsets matter here, and no generated vmlinux.h is needed.
 */
#ifndef UPROF_KERNEL_TYPES
#define UPROF_KERNEL_TYPES

#define bool _Bool
#define true 1
#define false 0

typedef signed char __s8;
typedef unsigned char __u8;
typedef short __s16;
typedef unsigned short __u16;
typedef int __s32;
typedef unsigned int __u32;
typedef long long __s64;
typedef unsigned long long __u64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;

enum bpf_map_type {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PROG_ARRAY = 3,
	BPF_MAP_TYPE_PERF_EVENT_ARRAY = 4,
	BPF_MAP_TYPE_PERCPU_ARRAY = 6,
	BPF_MAP_TYPE_ARRAY_OF_MAPS = 12,
	BPF_MAP_TYPE_RINGBUF = 27,
};

/* Helpers that older kernels lack; a relocation tells whether this one has them. */
enum bpf_func_id {
	BPF_FUNC_task_pt_regs = 175,
};

#define BPF_ANY		  0
#define BPF_NOEXIST	  1
#define BPF_F_NO_PREALLOC (1U << 0)
#define BPF_F_MMAPABLE	  (1U << 10)
#define BPF_F_CURRENT_CPU 0xffffffffULL

/* Of ring buffers. */
#define BPF_RB_NO_WAKEUP    (1ULL << 0)
#define BPF_RB_FORCE_WAKEUP (1ULL << 1)
#define BPF_RB_AVAIL_DATA   0
#define BPF_RB_RING_SIZE    1

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

/* kernel/events/uprobes.c: the page with the return trampoline at its start. */
struct xol_area {
	unsigned long vaddr;
};

/* include/linux/uprobes.h */
struct uprobes_state {
	struct xol_area *xol_area;
};

/* A pending return probe: where the return address was replaced, and what it was. */
struct return_instance {
	unsigned long stack;
	unsigned long orig_ret_vaddr;
	struct return_instance *next;
};

struct uprobe_task {
	unsigned int depth; /* return probes pending in this thread */
	struct return_instance *return_instances;
	unsigned long vaddr; /* of the probed instruction that is stepped over */
};

struct mm_struct {
	struct uprobes_state uprobes_state;
};

struct sched_entity {
	__u64 sum_exec_runtime; /* nanoseconds, up to the last switch or tick */
};

struct task_struct {
	int pid;
	int tgid;
	unsigned int flags;
	int exit_state;
	unsigned int __state;
	void *stack;
	struct mm_struct *mm;
	struct sched_entity se;
	struct uprobe_task *utask;
	unsigned long sas_ss_sp; /* sigaltstack(2): where it starts */
	unsigned long sas_ss_size;
};

/* Before Linux 5.14. */
struct task_struct___with_state {
	volatile long state;
};

/* What a tracepoint program is given: include/trace/events/sched.h. */
struct trace_event_raw_sched_process_exec {
	int old_pid; /* the thread's id before exec made it the leader */
};

#pragma clang attribute pop

/* arch/x86/include/asm/ptrace.h: the register frame a uprobe program is given; fixed ABI. */
struct pt_regs {
	unsigned long r15, r14, r13, r12, bp, bx;
	unsigned long r11, r10, r9, r8, ax, cx, dx, si, di;
	unsigned long orig_ax, ip, cs, flags, sp, ss;
};

/* Context of a perf event program, include/uapi/linux/bpf_perf_event.h. */
struct bpf_perf_event_data {
	struct pt_regs regs;
	__u64 sample_period;
	__u64 addr;
};

/* Arguments of a raw tracepoint, include/uapi/linux/bpf.h. */
struct bpf_raw_tracepoint_args {
	__u64 args[0];
};

struct bpf_pidns_info {
	__u32 pid;
	__u32 tgid;
};

#endif /* UPROF_KERNEL_TYPES */
