/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * The probed calls each thread is in, as a stack that mirrors the kernel's own
 * list of pending return probes (struct return_instance). Entries are matched to
 * returns by stack pointer and function, so that recursion and tail calls come
 * out right, and frames left by longjmp or an exception are recognized by the
 * stack pointer having moved past them, which is the kernel's rule too
 * (arch_uretprobe_is_alive).
 */
#ifndef UPROF_CALLS_H
#define UPROF_CALLS_H

#include "call_storage.bpf.h"
#include "places.bpf.h"
#include "unwind_uprobes.bpf.h"

/* Calls that share a return address, each tail-called by the one before, and ended out of turn. */
#define UPROF_MAX_TAIL_CALLS 4

/* Calls that are dropped at a time. Those of old kernels are few: there are no loops. */
#ifdef UPROF_LEGACY
#define UPROF_MAX_DROPPED 32
#else
#define UPROF_MAX_DROPPED UPROF_MAX_CALL_DEPTH
#endif

/*
 * Whether all probes of a function are in place; key: function id. Resized before loading. Calls
 * entered before that may return unseen and are not recorded.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} live_functions SEC(".maps");

static __always_inline bool is_live(__u32 function)
{
	__u32 *live = bpf_map_lookup_elem(&live_functions, &function);

	return live && *live;
}

static __always_inline void drop_innermost(struct thread_calls *calls, __u32 reason)
{
	__u32 depth = calls->header.depth;
	struct call *innermost;

	if (!depth)
		return;
	innermost = call_at(calls, depth - 1);
	if (innermost && innermost->is_recorded)
		count_loss(reason);
	calls->header.depth = depth - 1;
}

/* Where this process's return probes lead, zero if it has none. */
static __always_inline __u64 trampoline_address(void)
{
	struct task_struct *task = (void *)bpf_get_current_task();

	return trampoline_of(task);
}

/*
 * Whether there is no room for one more call, or the kernel will refuse this thread one more
 * return probe (prepare_uretprobe), which a function with probed exits does not need.
 */
static __always_inline bool is_too_deep(struct thread_calls *calls, bool has_exits)
{
	struct uprobe_task *utask;

	if (calls->header.depth >= UPROF_MAX_CALL_DEPTH) {
		calls->skipped_exits += has_exits;
		return true;
	}
	if (has_exits)
		return false;
	utask = CURRENT_FIELD(utask);
	return utask && FIELD(utask, depth) >= UPROF_MAX_CALL_DEPTH;
}

static __always_inline __u64 return_address_at(__u64 stack_pointer)
{
	__u64 address = 0;

	bpf_probe_read_user(&address, sizeof(address), (void *)stack_pointer);
	return address;
}

/*
 * Drops the calls whose frames are gone when the thread is at a place; so many at a time at most. A
 * function of its own, where there are such: the verifier then looks at the loop once, not at
 * every way out of it with all that follows in the caller.
 */
FUNCTION int drop_left_frames(struct thread_calls *calls, __u64 stack_pointer, __u64 signal_stack,
			      __u64 signal_stack_size)
{
	struct place place = {stack_pointer, signal_stack, signal_stack_size};
	__u64 recorded = 0;
	__u32 depth;

	if (!calls)
		return 0;
	depth = calls->header.depth;
	BOUNDED
	for (int i = 0; i < UPROF_MAX_DROPPED; i++) {
		struct call *innermost;

		if (!depth)
			break;
		innermost = call_at(calls, depth - 1);
		if (innermost && !is_left(innermost->stack_pointer, &place))
			break;
		if (innermost)
			recorded += innermost->is_recorded;
		depth--;
	}
	calls->header.depth = depth;
	if (recorded)
		count_losses(UPROF_LOSS_ABANDONED_FRAMES, recorded);
	return 0;
}

/*
 * Drops the calls at the very place where a function is entered, unless they have tail-called it:
 * then the return address is the trampoline by now.
 */
static __always_inline void drop_replaced_frames(struct thread_calls *calls, __u64 stack_pointer)
{
	BOUNDED
	for (int i = 0; i < UPROF_MAX_TAIL_CALLS; i++) {
		__u32 depth = calls->header.depth;
		struct call *innermost;

		if (!depth)
			return;
		innermost = call_at(calls, depth - 1);
		if (!innermost || innermost->stack_pointer != stack_pointer)
			return;
		if (!i && return_address_at(stack_pointer) == trampoline_address())
			return;
		drop_innermost(calls, UPROF_LOSS_ABANDONED_FRAMES);
	}
}

/*
 * Whether a return probe here, on a signal stack that lies above the interrupted stack, would
 * make the kernel forget the return probes of what was interrupted, and the program die of it:
 * it compares stack pointers alone (cleanup_return_instances).
 */
static __always_inline bool would_break_interrupted(struct thread_calls *calls,
						    const struct place *place)
{
	__u32 depth = calls->header.depth;
	__u64 innermost;

	if (!depth || !is_on_signal_stack(place->stack_pointer, place))
		return false;
	innermost = call_at(calls, depth - 1)->stack_pointer;
	return !is_on_signal_stack(innermost, place) && innermost <= place->stack_pointer;
}

/*
 * Takes the call of function whose return address lies at slot off the stack, with the ones above
 * it. False if its entry was not seen.
 */
static __always_inline bool take_returning(struct thread_calls *calls, __u64 slot, __u32 function,
					   struct call *result)
{
	struct place place = place_of(slot);

	drop_left_frames(calls, slot, place.signal_stack, place.signal_stack_size);
	BOUNDED
	for (int i = 0; i < UPROF_MAX_TAIL_CALLS; i++) {
		__u32 depth = calls->header.depth;
		struct call *innermost;

		if (!depth)
			return false;
		innermost = call_at(calls, depth - 1);
		if (!innermost || innermost->stack_pointer != slot)
			return false;
		if (innermost->function == function) {
			*result = *innermost;
			calls->header.depth = depth - 1;
			return true;
		}
		drop_innermost(calls, UPROF_LOSS_ABANDONED_FRAMES);
	}
	return false;
}

/* Forgets a thread that can no longer return from its calls. */
static __always_inline void forget_thread(__u32 thread, __u32 reason)
{
	struct thread_calls *calls = calls_of(thread);
	__u64 recorded = 0;

	if (!calls)
		return;
	BOUNDED
	for (__u32 i = 0; i < UPROF_MAX_CALL_DEPTH; i++) {
		struct call *call;

		if (i >= calls->header.depth)
			break;
		call = call_at(calls, i);
		if (call)
			recorded += call->is_recorded;
		forget_call(calls, i);
	}
	count_losses(reason, recorded);
	bpf_map_delete_elem(&threads, &thread);
}

#endif /* UPROF_CALLS_H */
