// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Latency of functions: one program for entries, one for returns. */
#include "kernel_types.bpf.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include "uprof_abi.h"

#ifdef UPROF_LEGACY
#define UPROF_WITHOUT_SESSION
#else
/* Set before loading; the verifier then removes what is not asked for. */
const volatile bool report_slow_calls = false;
const volatile __u64 slower_than_ns = 0;
const volatile bool count_stacks = false;
/* The pid namespace uprof runs in, zero for the initial one. */
const volatile __u64 pid_namespace_device = 0;
const volatile __u64 pid_namespace_inode = 0;

/* enum uprof_phase, changed while running. */
volatile __u32 uprof_phase = UPROF_PHASE_ATTACHING;
#endif

#ifndef UPROF_WITHOUT_SESSION
/*
 * kernel/trace/bpf_trace.c; missing in older kernels, where nothing that calls it is loaded. Even
 * then libbpf asks for the types of the kernel itself, which the object without sessions does not.
 */
extern bool bpf_session_is_return(void) __weak __ksym;
#endif

#include "legacy.bpf.h"
#include "settings.bpf.h"
#include "preemption.bpf.h"
#include "ids.bpf.h"
#include "losses.bpf.h"
#include "histogram.bpf.h"
#include "unwind.bpf.h"
#include "calls.bpf.h"
#include "stacks.bpf.h"

#ifdef UPROF_LEGACY
struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} slow_calls SEC(".maps");

#define send_slow_call(ctx, event, size)                                                           \
	bpf_perf_event_output(ctx, &slow_calls, BPF_F_CURRENT_CPU, event, size)
#else
/* Resized before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} slow_calls SEC(".maps");

#define send_slow_call(ctx, event, size) bpf_ringbuf_output(&slow_calls, event, size, 0)
#endif

static __always_inline void report_slow_call(void *ctx, struct unwind *unwind, __u32 process,
					     __u32 function, __u32 thread, __u64 end_ns,
					     __u64 duration_ns)
{
	struct uprof_slow_call *event = &unwind->event;
	__u64 frame_count = event->stack.frame_count;

	event->end_ns = end_ns;
	event->duration_ns = duration_ns;
	event->process = process;
	event->thread = thread;
	event->function = function;
	bpf_get_current_comm(event->comm, sizeof(event->comm));
	if (frame_count > UPROF_MAX_FRAMES)
		frame_count = UPROF_MAX_FRAMES;
	/* The frames lie right behind the event. */
	if (send_slow_call(ctx, event, sizeof(*event) + frame_count * sizeof(__u64)))
		count_loss(UPROF_LOSS_RING_FULL);
}

/*
 * The entry of a function. Returns whether the end of this call is not to be waited for, which
 * only a session can heed.
 */
static __always_inline int begin_call(struct pt_regs *ctx, bool is_session)
{
	__u64 ids = current_ids();
	struct place place = place_of(ctx->sp);
	__u64 cookie = attach_cookie(ctx);
	const struct uprof_settings *settings = current_settings();
	__u32 thread = ids, phase = settings ? SETTING(settings, uprof_phase) : UPROF_PHASE_STOPPED;
	struct thread_calls *calls;
	struct call *call;
	bool is_recorded;

	if (!settings || phase == UPROF_PHASE_STOPPED || !ids)
		return 1;
	is_recorded = phase == UPROF_PHASE_RECORDING && is_live(cookie);
	calls = calls_of(thread);
	if (!calls)
		calls = calls_of_new(thread, ids >> 32);
	if (!calls) {
		count_loss(UPROF_LOSS_THREAD_TABLE_FULL);
		return 1;
	}
	drop_left_frames(calls, ctx->sp, place.signal_stack, place.signal_stack_size);
	drop_replaced_frames(calls, ctx->sp);
	if (is_session && would_break_interrupted(calls, &place)) {
		if (is_recorded)
			count_loss(UPROF_LOSS_ON_SIGNAL_STACK);
		return 1;
	}
	if (is_too_deep(calls, cookie & UPROF_COOKIE_EXITS)) {
		if (is_recorded)
			count_loss(UPROF_LOSS_TOO_DEEP);
		return 1;
	}
	call = new_call(calls);
	if (!call) {
		count_loss(UPROF_LOSS_THREAD_TABLE_FULL);
		return 1;
	}
	call->stack_pointer = ctx->sp;
	if (SETTING(settings, count_stacks) || SETTING(settings, report_slow_calls))
		call->return_address = return_address_at(ctx->sp);
	call->function = cookie;
	call->is_recorded = is_recorded;
	calls->header.depth++;
	/* Last, so that the work above is not part of the call. */
	call->start_ns = bpf_ktime_get_ns();
	return 0;
}

SEC("uprobe")
int function_entry(struct pt_regs *ctx)
{
	keep_own_stack(ctx, &no_programs);
	begin_call(ctx, false);
	return 0;
}

/* A call that has ended, and what its stack starts at. */
struct ended_call {
	__u64 end_ns;
	__u64 duration_ns;
	__u64 return_address;
	__u64 slot;
	__u32 function;
	bool is_slow;
};

#ifdef UPROF_LEGACY
/* Starts the programs that unwind the stack of a call and then report it. */
static __always_inline void report_call(struct pt_regs *ctx, const struct uprof_settings *settings,
					struct thread_calls *calls, __u32 thread,
					const struct ended_call *call)
{
	struct scratch *scratch = current_scratch();
	bool has_ended;

	if (!scratch)
		return;
	scratch->end_ns = call->end_ns;
	scratch->duration_ns = call->duration_ns;
	scratch->function = call->function;
	scratch->process = calls->header.process;
	has_ended = begin_callers(&scratch->unwind, scratch->process, (__u64)&scratch->unwind, ctx,
				  call->return_address, call->slot);
	begin_unwinding(ctx, &unwind_programs, &scratch->unwind, has_ended);
	count_loss(UPROF_LOSS_STACK_TABLE_FULL);
}

SEC("uprobe")
int call_frames(struct pt_regs *ctx)
{
	struct scratch *scratch = current_scratch();

	if (scratch)
		unwind_frames(ctx, &unwind_programs, &scratch->unwind);
	count_loss(UPROF_LOSS_STACK_TABLE_FULL);
	return 0;
}

SEC("uprobe")
int call_finish(struct pt_regs *ctx)
{
	const struct uprof_settings *settings = current_settings();
	struct scratch *scratch = current_scratch();

	if (!settings || !scratch)
		return 0;
	if (settings->count_stacks)
		count_stack(&scratch->unwind, scratch->process, scratch->function,
			    scratch->duration_ns);
	if (settings->report_slow_calls && scratch->duration_ns >= settings->slower_than_ns)
		report_slow_call(ctx, &scratch->unwind, scratch->process, scratch->function,
				 bpf_get_current_pid_tgid(), scratch->end_ns, scratch->duration_ns);
	return 0;
}
#else
/* Takes the stack of a call and counts it, or tells of it at once. */
static __always_inline void report_call(struct pt_regs *ctx, const struct uprof_settings *settings,
					struct thread_calls *calls, __u32 thread,
					const struct ended_call *call)
{
	struct unwind *unwind = &calls->unwind;

	if (!begin_callers(unwind, calls->header.process, thread, ctx, call->return_address,
			   call->slot))
		unwind_stack(unwind, thread);
	if (count_stacks)
		count_stack(unwind, calls->header.process, call->function, call->duration_ns);
	if (call->is_slow)
		report_slow_call(ctx, unwind, calls->header.process, call->function, thread,
				 call->end_ns, call->duration_ns);
}
#endif

/*
 * The end of a call, at a site with this cookie. slot is where its return address lies (or lay:
 * it may be popped); return_address is zero where the one seen at the entry holds.
 */
static __always_inline void end_call(struct pt_regs *ctx, __u64 end_ns, __u64 slot,
				     __u64 return_address, __u64 cookie)
{
	bool is_certain = !(cookie & (UPROF_COOKIE_JUMP | UPROF_COOKIE_HIDDEN));
	__u64 ids = current_ids();
	__u32 function = cookie;
	const struct uprof_settings *settings = current_settings();
	__u32 thread = ids, phase = settings ? SETTING(settings, uprof_phase) : UPROF_PHASE_STOPPED;
	struct thread_calls *calls;
	struct call call;
	__u64 duration_ns;
	bool is_slow;

	if (!settings || phase == UPROF_PHASE_STOPPED || !ids)
		return;
	/* A thread without entries is a forked child returning from its parent's call. */
	calls = calls_of(thread);
	if (!calls)
		return;
	if (!take_returning(calls, slot, function, &call)) {
		if (calls->skipped_exits && is_certain)
			calls->skipped_exits--;
		else if (phase == UPROF_PHASE_RECORDING && is_certain && is_live(function))
			count_loss(UPROF_LOSS_RETURNS_WITHOUT_ENTRY);
		return;
	}
	/* Those without room were deeper: none of them is to come any more. */
	calls->skipped_exits = 0;
	if (!call.is_recorded)
		return;
	if (cookie & UPROF_COOKIE_JUMP)
		count_loss(UPROF_LOSS_TAIL_CALLS);
	duration_ns = end_ns - call.start_ns;
	record_duration(function, duration_ns);
	is_slow = SETTING(settings, report_slow_calls) &&
		  duration_ns >= SETTING(settings, slower_than_ns);
	if (SETTING(settings, count_stacks) || is_slow)
		report_call(ctx, settings, calls, thread,
			    &(struct ended_call){end_ns, duration_ns,
						 return_address ?: call.return_address, slot,
						 function, is_slow});
}

/* The kernel's trampoline: the return address is popped, and known to the kernel alone. */
SEC("uretprobe")
int function_return(struct pt_regs *ctx)
{
	__u64 end_ns = bpf_ktime_get_ns();

	keep_own_stack(ctx, &no_programs);
	end_call(ctx, end_ns, ctx->sp - sizeof(__u64), ctx->ip, attach_cookie(ctx));
	return 0;
}

#ifndef UPROF_WITHOUT_SESSION
/*
 * Entry and return in one program, with a say in whether there is a return (Linux 6.13). Not loaded
 * unless asked for: it can only be loaded for sessions.
 */
SEC("?uprobe")
int function_session(struct pt_regs *ctx)
{
	__u64 now_ns = bpf_ktime_get_ns();

	keep_own_stack(ctx, &no_session_programs);
	if (!bpf_session_is_return())
		return begin_call(ctx, true);
	end_call(ctx, now_ns, ctx->sp - sizeof(__u64), ctx->ip, bpf_get_attach_cookie(ctx));
	return 0;
}
#endif

/* Whether a conditional jump is taken; condition as in the opcode (Intel SDM vol. 2, B.1.4.7). */
static __always_inline bool is_taken(__u64 flags, __u32 condition)
{
	bool carry = flags & (1 << 0), parity = flags & (1 << 2), zero = flags & (1 << 6);
	bool sign = flags & (1 << 7), overflow = flags & (1 << 11);
	bool result;

	switch (condition >> 1) {
	case 0:
		result = overflow;
		break;
	case 1:
		result = carry;
		break;
	case 2:
		result = zero;
		break;
	case 3:
		result = carry || zero;
		break;
	case 4:
		result = sign;
		break;
	case 5:
		result = parity;
		break;
	case 6:
		result = sign != overflow;
		break;
	default:
		result = zero || sign != overflow;
		break;
	}
	return result != (condition & 1);
}

/* An instruction that leaves the function: a return, or a jump to another function. */
SEC("uprobe")
int function_exit_site(struct pt_regs *ctx)
{
	__u64 end_ns = bpf_ktime_get_ns();
	__u64 cookie = attach_cookie(ctx);

	keep_own_stack(ctx, &no_programs);
	if (cookie & UPROF_COOKIE_CONDITIONAL &&
	    !is_taken(ctx->flags, cookie >> UPROF_COOKIE_CONDITION_SHIFT & 15))
		return 0;
	end_call(ctx, end_ns, ctx->sp, 0, cookie);
	return 0;
}

#ifdef UPROF_LEGACY
/* The same three for kernels without raw tracepoints (before Linux 4.17). */
SEC("tp/sched/sched_process_exit")
int thread_exit_event(void *ctx)
{
	forget_thread(current_ids(), UPROF_LOSS_THREAD_EXITED);
	return 0;
}

SEC("tp/sched/sched_process_exec")
int process_exec_event(struct trace_event_raw_sched_process_exec *ctx)
{
	if (bpf_core_field_exists(ctx->old_pid))
		forget_thread(ctx->old_pid, UPROF_LOSS_EXEC);
	return 0;
}

SEC("tp/sched/sched_process_exec")
int thread_exec_event(void *ctx)
{
	forget_thread(current_ids(), UPROF_LOSS_EXEC);
	return 0;
}
#endif

SEC("raw_tp/sched_process_exit")
int thread_exit(struct bpf_raw_tracepoint_args *ctx)
{
	forget_thread(current_ids(), UPROF_LOSS_THREAD_EXITED);
	return 0;
}

SEC("raw_tp/sched_process_exec")
int process_exec(struct bpf_raw_tracepoint_args *ctx)
{
	/* args: the task, its thread id before exec made it the leader, the program. */
	forget_thread(ctx->args[1], UPROF_LOSS_EXEC);
	forget_thread(current_ids(), UPROF_LOSS_EXEC);
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
