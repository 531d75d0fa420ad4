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

/* Begins a count. Returns whether there is one now that was not there. */
static __always_inline bool begin_count(const struct uprof_sample_key *key, bool is_odd,
					__u64 samples, __u64 nanoseconds)
{
	struct uprof_sample_count count = {.samples = samples, .nanoseconds = nanoseconds};

	return !(is_odd ? bpf_map_update_elem(&sample_counts_1, key, &count, BPF_NOEXIST)
			: bpf_map_update_elem(&sample_counts_0, key, &count, BPF_NOEXIST));
}

/*
 * Adds to the count of a key. If it is a new one, user space is told the stacks in scratch, before
 * it can find the count; without scratch, it has been told. Returns whether there was room.
 */
static __always_inline bool count_sample(const struct uprof_settings *settings,
					 const struct uprof_sample_key *key,
					 struct scratch *scratch, __u64 samples, __u64 nanoseconds)
{
	bool is_odd = SETTING(settings, uprof_generation) & 1;
	struct uprof_sample_count *count = find_count(key, is_odd);

	if (!count) {
		if (scratch && !tell_stacks(scratch))
			return false;
		if (begin_count(key, is_odd, samples, nanoseconds))
			return true;
		/* Another processor was faster, or there is no room. */
		count = find_count(key, is_odd);
		if (!count) {
			count_loss(UPROF_LOSS_STACK_TABLE_FULL);
			return false;
		}
	}
	/* To add nothing would become an operation that Linux before 5.12 does not have. */
	if (samples) {
		__sync_fetch_and_add(&count->samples, samples);
		__sync_fetch_and_add(&count->nanoseconds, nanoseconds);
	}
	return true;
}

#endif /* UPROF_SAMPLES_H */
