/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * Samples, counted by stack. Counts go to one of two maps, so that user space can empty the other
 * while nothing writes to it.
 */
#ifndef UPROF_SAMPLES_H
#define UPROF_SAMPLES_H

/* key: hash of the frames, value: struct uprof_stack with its frames. Resized before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u64));
	__uint(value_size, UPROF_STACK_SIZE);
} stacks SEC(".maps");

/* The kernel's parts of stacks, with plain addresses for frames. Resized before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u64));
	__uint(value_size, UPROF_KERNEL_STACK_SIZE);
} kernel_stacks SEC(".maps");

/* Resized before loading. */
struct sample_counts {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, struct uprof_sample_key);
	__type(value, struct uprof_sample_count);
} sample_counts_0 SEC(".maps"), sample_counts_1 SEC(".maps");

static __always_inline bool add_to_count(void *counts, const struct uprof_sample_key *key,
					 __u64 nanoseconds)
{
	struct uprof_sample_count *count = bpf_map_lookup_elem(counts, key);
	struct uprof_sample_count none = {};

	if (!count) {
		bpf_map_update_elem(counts, key, &none, BPF_NOEXIST);
		count = bpf_map_lookup_elem(counts, key);
		if (!count)
			return false;
	}
	__sync_fetch_and_add(&count->samples, 1);
	__sync_fetch_and_add(&count->nanoseconds, nanoseconds);
	return true;
}

/* Adds a sample to the counts of its key. */
static __always_inline void count_sample(const struct uprof_settings *settings,
					 const struct uprof_sample_key *key, __u64 nanoseconds)
{
	bool is_counted = SETTING(settings, uprof_generation) & 1
			      ? add_to_count(&sample_counts_1, key, nanoseconds)
			      : add_to_count(&sample_counts_0, key, nanoseconds);

	if (!is_counted)
		count_loss(UPROF_LOSS_STACK_TABLE_FULL);
}

/* Keeps the frames of a stack, for user space to read. Returns whether there is room. */
static __always_inline bool keep_stack(void *map, __u64 *hash, const struct uprof_stack *stack)
{
	if (bpf_map_lookup_elem(map, hash))
		return true;
	if (!bpf_map_update_elem(map, hash, stack, BPF_ANY))
		return true;
	count_loss(UPROF_LOSS_STACK_TABLE_FULL);
	return false;
}

#endif /* UPROF_SAMPLES_H */
