/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * Samples, counted by stack. Counts go to one of two maps, so that user space can empty the other
 * while nothing writes to it.
 */
#ifndef UPROF_SAMPLES_H
#define UPROF_SAMPLES_H

#include "new_stacks.bpf.h"

/* Resized before loading. */
struct sample_counts {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, struct uprof_sample_key);
	__type(value, struct uprof_sample_count);
} sample_counts_0 SEC(".maps"), sample_counts_1 SEC(".maps");

static __always_inline struct uprof_sample_count *find_count(const struct uprof_sample_key *key,
							     bool is_odd)
{
	return is_odd ? bpf_map_lookup_elem(&sample_counts_1, key)
		      : bpf_map_lookup_elem(&sample_counts_0, key);
}

static __always_inline struct uprof_sample_count *make_count(const struct uprof_sample_key *key,
							     bool is_odd)
{
	struct uprof_sample_count none = {};

	if (is_odd)
		bpf_map_update_elem(&sample_counts_1, key, &none, BPF_NOEXIST);
	else
		bpf_map_update_elem(&sample_counts_0, key, &none, BPF_NOEXIST);
	return find_count(key, is_odd);
}

/*
 * The count of a key; null where there is no room. If it is a new one, user space is told the
 * stacks in scratch, before it can find the count; without scratch, it has been told.
 */
static __always_inline struct uprof_sample_count *count_of(const struct uprof_settings *settings,
							   const struct uprof_sample_key *key,
							   struct scratch *scratch)
{
	bool is_odd = SETTING(settings, uprof_generation) & 1;
	struct uprof_sample_count *count = find_count(key, is_odd);

	if (count)
		return count;
	if (scratch && !tell_stacks(scratch))
		return NULL;
	count = make_count(key, is_odd);
	if (!count)
		count_loss(UPROF_LOSS_STACK_TABLE_FULL);
	return count;
}

static __always_inline void count_sample(const struct uprof_settings *settings,
					 const struct uprof_sample_key *key,
					 struct scratch *scratch, __u64 nanoseconds)
{
	struct uprof_sample_count *count = count_of(settings, key, scratch);

	if (!count)
		return;
	__sync_fetch_and_add(&count->samples, 1);
	__sync_fetch_and_add(&count->nanoseconds, nanoseconds);
}

#endif /* UPROF_SAMPLES_H */
