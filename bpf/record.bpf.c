// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Sampled stacks: of threads that run, by perf events, and of threads that do not. */
#include "kernel_types.bpf.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include "uprof_abi.h"

#ifndef UPROF_LEGACY
/* Set before loading; the verifier then removes what is not asked for. */
const volatile bool record_all = false; /* not only the processes that user space has named */
const volatile bool with_kernel_stacks = true;
const volatile bool by_thread = false;
const volatile bool with_preempted = false; /* threads that could run, but do not, count too */
const volatile __u64 sample_period_ns = 0;
const volatile __u64 min_block_ns = 0;
/* The pid namespace uprof runs in, zero for the initial one. */
const volatile __u64 pid_namespace_device = 0;
const volatile __u64 pid_namespace_inode = 0;

/* enum uprof_phase, changed while running. */
volatile __u32 uprof_phase = UPROF_PHASE_ATTACHING;
/* Which of the two maps counts go to. */
volatile __u32 uprof_generation = 0;

/* How many rules are remembered for each scratch space: a power of two. */
#define UPROF_KNOWN_RULES 2048
#endif

#include "legacy.bpf.h"
#include "settings.bpf.h"
#include "ids.bpf.h"
#include "losses.bpf.h"
#include "record_kernel_stack.bpf.h"
#include "record_stack.bpf.h"

#ifdef UPROF_LEGACY
#include "record_chain.bpf.h"
#else
/* Unwinds from where a stack begins, keeps and counts it. */
static __always_inline void complete_sample(void *ctx, const struct uprof_settings *settings,
					    struct scratch *scratch, bool has_ended)
{
	if (has_ended)
		complete_hash(&scratch->unwind);
	else
		unwind_stack(&scratch->unwind, SCRATCH_SAMPLE);
	finish_sample(settings, scratch);
}

static __always_inline void complete_block(void *ctx, const struct uprof_settings *settings,
					   struct scratch *scratch, bool has_ended)
{
	if (has_ended)
		complete_hash(&scratch->unwind);
	else
		unwind_stack(&scratch->unwind, SCRATCH_SWITCH);
	finish_block(settings, scratch);
}
#endif

SEC("perf_event")
int sample(struct bpf_perf_event_data *ctx)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	const struct uprof_settings *settings = current_settings();
	__u64 ids = current_ids();
	__u32 process_id = ids >> 32;
	struct uprof_process *process;
	struct scratch *scratch;
	bool has_ended;

	if (!settings || SETTING(settings, uprof_phase) != UPROF_PHASE_RECORDING || !process_id)
		return 0;
	process = bpf_map_lookup_elem(&processes, &process_id);
	if (!process && !SETTING(settings, record_all))
		return 0;
	scratch = scratch_of(SCRATCH_SAMPLE);
	if (!scratch)
		return 0;
	begin_key(settings, &scratch->key, ids, UPROF_SAMPLE_ON_CPU);
	scratch->is_interrupted = ctx->regs.cs & 3;
	if (scratch->is_interrupted) {
		scratch->registers.r15 = ctx->regs.r15;
		scratch->registers.r14 = ctx->regs.r14;
		scratch->registers.r13 = ctx->regs.r13;
		scratch->registers.r12 = ctx->regs.r12;
		scratch->registers.bp = ctx->regs.bp;
		scratch->registers.bx = ctx->regs.bx;
		scratch->registers.r11 = ctx->regs.r11;
		scratch->registers.r10 = ctx->regs.r10;
		scratch->registers.r9 = ctx->regs.r9;
		scratch->registers.r8 = ctx->regs.r8;
		scratch->registers.ax = ctx->regs.ax;
		scratch->registers.cx = ctx->regs.cx;
		scratch->registers.dx = ctx->regs.dx;
		scratch->registers.si = ctx->regs.si;
		scratch->registers.di = ctx->regs.di;
		scratch->registers.orig_ax = ctx->regs.orig_ax;
		scratch->registers.ip = ctx->regs.ip;
		scratch->registers.cs = ctx->regs.cs;
		scratch->registers.sp = ctx->regs.sp;
	} else {
		take_kernel_stack(ctx, scratch, SCRATCH_SAMPLE);
		bpf_probe_read_kernel(&scratch->registers, sizeof(scratch->registers),
				      user_registers(task));
	}
	has_ended = begin_user_stack(scratch, process);
	complete_sample(ctx, settings, scratch, has_ended);
	return 0;
}

/*
 * Whether a thread that is switched out now is one whose time off the CPU counts. One that is
 * preempted may be about to block, as its state says.
 */
static __always_inline bool is_blocking(const struct uprof_settings *settings,
					struct task_struct *task, bool is_preempted)
{
	struct task_struct___with_state *old = (void *)task;
	__u64 state = bpf_core_field_exists(task->__state) ? BPF_CORE_READ(task, __state)
							   : (__u64)READ(old, state);

	if (READ(task, exit_state))
		return false;
	return SETTING(settings, with_preempted) || (state && !is_preempted);
}

/* Takes the stack of the current thread, which is being switched out. */
static __always_inline void begin_block(void *ctx, const struct uprof_settings *settings,
					struct task_struct *task, bool is_preempted, __u64 now_ns)
{
	__u64 ids = current_ids();
	__u32 process_id = ids >> 32, thread = READ(task, pid);
	struct uprof_process *process;
	struct scratch *scratch;
	bool has_ended;

	if (!process_id || !is_blocking(settings, task, is_preempted))
		return;
	process = bpf_map_lookup_elem(&processes, &process_id);
	if (!process && !SETTING(settings, record_all))
		return;
	scratch = scratch_of(SCRATCH_SWITCH);
	if (!scratch)
		return;
	begin_key(settings, &scratch->key, ids, UPROF_SAMPLE_OFF_CPU);
	take_kernel_stack(ctx, scratch, SCRATCH_SWITCH);
	bpf_probe_read_kernel(&scratch->registers, sizeof(scratch->registers),
			      user_registers(task));
	scratch->start_ns = now_ns;
	scratch->ran_ns = READ(task, se.sum_exec_runtime);
	scratch->thread = thread;
	scratch->is_interrupted = false;
	has_ended = begin_user_stack(scratch, process);
	complete_block(ctx, settings, scratch, has_ended);
}

/*
 * Counts how long a thread has not run, if that has not been counted: when it is switched in, or,
 * where that was not told, when it is switched out the next time.
 */
static __always_inline void end_block(const struct uprof_settings *settings,
				      struct task_struct *task, __u64 now_ns)
{
	__u32 thread = READ(task, pid);
	struct uprof_blocked *block;
	struct uprof_sample_key key;
	__u64 duration_ns, ran_ns;

	block = bpf_map_lookup_elem(&blocked, &thread);
	if (!block)
		return;
	duration_ns = now_ns - block->start_ns;
	ran_ns = READ(task, se.sum_exec_runtime) - block->ran_ns;
	duration_ns = ran_ns < duration_ns ? duration_ns - ran_ns : 0;
	key = block->key;
	bpf_map_delete_elem(&blocked, &thread);
	if (duration_ns >= SETTING(settings, min_block_ns))
		count_sample(settings, &key, NULL, 1, duration_ns);
}

/* args: whether the kernel was preempted, the thread that stops running, the one that starts. */
SEC("raw_tp/sched_switch")
int task_switch(struct bpf_raw_tracepoint_args *ctx)
{
	const struct uprof_settings *settings = current_settings();
	struct task_struct *from = (void *)ctx->args[1], *to = (void *)ctx->args[2];
	__u64 now_ns = bpf_ktime_get_ns();

	if (!settings || SETTING(settings, uprof_phase) != UPROF_PHASE_RECORDING)
		return 0;
	end_block(settings, to, now_ns);
	/* Some kernels tell nobody of switches away from threads that they hide. */
	end_block(settings, from, now_ns);
	begin_block(ctx, settings, from, ctx->args[0], now_ns);
	return 0;
}

/* A child has its parent's mappings: it is known from its first instruction on. */
SEC("raw_tp/sched_process_fork")
int process_fork(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *child = (void *)ctx->args[1];
	__u32 parent_id = current_ids() >> 32, child_id = READ(child, tgid);
	struct uprof_process *process;
	struct uprof_process copy;

	/* The child's id in another namespace is not known here: user space finds it. */
#ifndef UPROF_LEGACY
	if (pid_namespace_inode)
		return 0;
#endif
	if (!child_id || child_id == parent_id)
		return 0;
	process = bpf_map_lookup_elem(&processes, &parent_id);
	if (!process)
		return 0;
	copy = *process;
	if (bpf_map_update_elem(&processes, &child_id, &copy, BPF_ANY))
		count_loss(UPROF_LOSS_THREAD_TABLE_FULL);
	return 0;
}

/* A new program has none of the mappings known. */
SEC("raw_tp/sched_process_exec")
int process_exec(struct bpf_raw_tracepoint_args *ctx)
{
	__u32 process_id = current_ids() >> 32;
	struct uprof_process *process = bpf_map_lookup_elem(&processes, &process_id);

	if (process)
		process->mappings = 0;
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
