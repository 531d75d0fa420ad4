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

#ifdef UPROF_LEGACY
/* A stack under construction and the call it is of: programs of old kernels are not preempted. */
struct scratch {
	__u64 end_ns;
	__u64 duration_ns;
	__u32 function;
	__u32 process;
	struct unwind unwind;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct scratch);
} scratches SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, UNWIND_PROGRAMS);
	__type(key, __u32);
	__type(value, __u32);
} unwind_programs SEC(".maps");

static __always_inline struct scratch *current_scratch(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&scratches, &zero);
}
#else
static __always_inline struct unwind *unwind_of(__u64 owner)
{
	struct thread_calls *calls = calls_of(owner);

	return calls ? &calls->unwind : NULL;
}
#endif

/*
 * Goes to the caller of a function that returns to return_address, popped from slot or about to
 * be: the registers that a function preserves are the caller's by then. Returns whether the stack
 * ends here.
 */
static __always_inline int begin_callers(struct unwind *unwind, __u32 process_id, __u64 owner,
					 const struct pt_regs *ctx, __u64 return_address,
					 __u64 slot)
{
	struct uprof_process *process = bpf_map_lookup_elem(&processes, &process_id);

	begin_stack(unwind, process);
	unwind->registers[REGISTER_RBP] = ctx->bp;
	unwind->registers[REGISTER_RBX] = ctx->bx;
	unwind->known_registers = 1U << REGISTER_RSP | 1U << REGISTER_RBP | 1U << REGISTER_RBX;
	go_to_caller(unwind, slot + sizeof(__u64), slot, return_address);
	return arrive(unwind, owner);
}

/* Adds a call to the counts of the stack that is in unwind. */
static __always_inline void count_stack(struct unwind *unwind, __u32 process, __u32 function,
					__u64 duration_ns)
{
	__u64 hash = unwind->hash;
	struct uprof_stack_key key = {
	    .stack_hash = hash,
	    .function = function,
	    .process = process,
	};
	struct uprof_stack_count *count = bpf_map_lookup_elem(&stack_counts, &key);

	if (!count) {
		struct uprof_stack_count none = {};

		if (!bpf_map_lookup_elem(&stacks, &hash) &&
		    bpf_map_update_elem(&stacks, &hash, &unwind->stack, BPF_ANY)) {
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
