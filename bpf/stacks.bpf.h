/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* Call stacks, taken when a probed function returns. */
#ifndef UPROF_STACKS_H
#define UPROF_STACKS_H

/* key: hash of the frames, value: struct uprof_stack with its frames. Resized before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u64));
	__uint(value_size, UPROF_STACK_SIZE);
} stacks SEC(".maps");

/* Resized before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1);
	__type(key, struct uprof_stack_key);
	__type(value, struct uprof_stack_count);
} stack_counts SEC(".maps");

static __always_inline struct unwind *unwind_of(__u64 owner)
{
	struct thread_calls *calls = calls_of(owner);

	return calls ? &calls->unwind : NULL;
}

/*
 * Unwinds the callers of a function that returns to return_address, popped from slot or about to
 * be: the registers that a function preserves are the caller's by then. The stack is left in
 * calls->unwind.
 */
static __always_inline void take_callers(struct thread_calls *calls, __u32 thread,
					 const struct pt_regs *ctx, __u64 return_address,
					 __u64 slot)
{
	__u32 process_id = calls->header.process;
	struct uprof_process *process = bpf_map_lookup_elem(&processes, &process_id);
	struct unwind *unwind = &calls->unwind;

	begin_stack(unwind, process);
	unwind->registers[REGISTER_RBP] = ctx->bp;
	unwind->registers[REGISTER_RBX] = ctx->bx;
	unwind->known_registers = 1U << REGISTER_RSP | 1U << REGISTER_RBP | 1U << REGISTER_RBX;
	if (!enter_caller(unwind, thread, slot + sizeof(__u64), slot, return_address))
		unwind_stack(unwind, thread);
}

/* Adds a call to the counts of the stack that take_callers() has left in calls. */
static __always_inline void count_stack(struct thread_calls *calls, __u32 function,
					__u64 duration_ns)
{
	__u64 hash = calls->unwind.hash;
	struct uprof_stack_key key = {
	    .stack_hash = hash,
	    .function = function,
	    .process = calls->header.process,
	};
	struct uprof_stack_count *count = bpf_map_lookup_elem(&stack_counts, &key);

	if (!count) {
		struct uprof_stack_count none = {};

		if (!bpf_map_lookup_elem(&stacks, &hash) &&
		    bpf_map_update_elem(&stacks, &hash, &calls->unwind.stack, BPF_ANY)) {
			count_loss(UPROF_LOSS_STACK_TABLE_FULL);
			return;
		}
		bpf_map_update_elem(&stack_counts, &key, &none, BPF_NOEXIST);
		count = bpf_map_lookup_elem(&stack_counts, &key);
		if (!count) {
			count_loss(UPROF_LOSS_STACK_TABLE_FULL);
			return;
		}
	}
	__sync_fetch_and_add(&count->calls, 1);
	__sync_fetch_and_add(&count->total_ns, duration_ns);
}

#endif /* UPROF_STACKS_H */
