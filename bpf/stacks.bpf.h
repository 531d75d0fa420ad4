/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* Call stacks by frame pointers, taken when a probed function returns. */
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

/* A saved frame pointer and the return address above it, as `push %rbp` leaves them. */
struct frame_record {
	__u64 frame_pointer;
	__u64 return_address;
};

static __always_inline __u64 mix(__u64 hash, __u64 frame)
{
	hash = (hash ^ frame) * 0x9e3779b97f4a7c15ULL;
	return hash ^ hash >> 29;
}

/*
 * Walks the callers of a function that returns to return_address, popped from slot or about
 * to be, into calls->event.stack, and returns the hash of what it found.
 *
 * Return addresses of calls with a pending return probe are the trampoline's; the real
 * ones are in our own list, ordered by stack address as the walk is, so one loop serves
 * both: a step either takes a frame or passes a call. The two positions live in the map, since
 * the verifier would follow every pair of them apart if it knew their values.
 */
static __always_inline __u64 walk_frames(struct thread_calls *calls, __u64 return_address,
					 __u64 slot, __u64 frame_pointer)
{
	__u64 trampoline = trampoline_address();
	__u64 hash = 0x2545f4914f6cdd1dULL;
	__u32 end = UPROF_STACK_END_TOO_DEEP;

	calls->walk_position = calls->header.depth;
	calls->event.stack.frame_count = 0;
	for (int i = 0; i < UPROF_MAX_FRAMES + UPROF_MAX_CALL_DEPTH; i++) {
		struct frame_record record;
		__u32 count;

		if (return_address == trampoline && trampoline) {
			__u32 position = calls->walk_position;
			struct call *call;

			if (!position) {
				end = UPROF_STACK_END_TRAMPOLINE;
				break;
			}
			calls->walk_position = --position;
			call = call_at(calls, position);
			if (call->stack_pointer < slot)
				continue;
			if (call->stack_pointer > slot) {
				end = UPROF_STACK_END_TRAMPOLINE;
				break;
			}
			return_address = call->return_address;
			continue;
		}
		if (!return_address) {
			end = UPROF_STACK_END_COMPLETE;
			break;
		}
		count = calls->event.stack.frame_count;
		if (count >= UPROF_MAX_FRAMES)
			break;
		calls->frames[count] = return_address;
		calls->event.stack.frame_count = count + 1;
		hash = mix(hash, return_address);
		if (!frame_pointer) {
			end = UPROF_STACK_END_COMPLETE;
			break;
		}
		if (frame_pointer <= slot || frame_pointer & (sizeof(__u64) - 1)) {
			end = UPROF_STACK_END_NO_FRAME_POINTER;
			break;
		}
		if (bpf_probe_read_user(&record, sizeof(record), (void *)frame_pointer)) {
			end = UPROF_STACK_END_UNREADABLE;
			break;
		}
		slot = frame_pointer + sizeof(__u64);
		frame_pointer = record.frame_pointer;
		return_address = record.return_address;
	}
	calls->event.stack.end = end;
	return mix(hash, end);
}

/* Adds a call to the counts of the stack that walk_frames() has left in calls. */
static __always_inline void count_stack(struct thread_calls *calls, __u64 hash, __u32 function,
					__u64 duration_ns)
{
	struct uprof_stack_key key = {
	    .stack_hash = hash,
	    .function = function,
	    .process = calls->header.process,
	};
	struct uprof_stack_count *count = bpf_map_lookup_elem(&stack_counts, &key);

	if (!count) {
		struct uprof_stack_count none = {};

		if (!bpf_map_lookup_elem(&stacks, &hash) &&
		    bpf_map_update_elem(&stacks, &hash, &calls->event.stack, BPF_ANY)) {
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
