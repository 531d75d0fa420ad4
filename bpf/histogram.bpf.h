/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * A function's latency histogram, sum and extremes. Uprobe programs can be
 * preempted and the map is shared by all CPUs, so every update is atomic; user
 * space drains it with atomic exchanges, and no call falls between two reports.
 */
#ifndef UPROF_HISTOGRAM_H
#define UPROF_HISTOGRAM_H

/* key: function id. Resized before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, ARRAY_FLAGS);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, UPROF_FUNCTION_STATS_SIZE);
} functions SEC(".maps");

/* The position of the highest set bit; value is not zero. */
static __always_inline __u32 floor_log2(__u64 value)
{
	__u32 log = 0;

	if (value >> 32) {
		value >>= 32;
		log += 32;
	}
	if (value >> 16) {
		value >>= 16;
		log += 16;
	}
	if (value >> 8) {
		value >>= 8;
		log += 8;
	}
	if (value >> 4) {
		value >>= 4;
		log += 4;
	}
	if (value >> 2) {
		value >>= 2;
		log += 2;
	}
	return log + (value >> 1);
}

static __always_inline __u32 bucket_index(__u64 value)
{
	__u32 sub_buckets = 1 << UPROF_SUB_BUCKET_BITS;
	__u32 log;

	if (value < sub_buckets)
		return value;
	log = floor_log2(value);
	return ((log - UPROF_SUB_BUCKET_BITS + 1) << UPROF_SUB_BUCKET_BITS) +
	       ((value >> (log - UPROF_SUB_BUCKET_BITS)) & (sub_buckets - 1));
}

#ifdef UPROF_LEGACY
/*
 * Raises *maximum to value. Without compare-and-swap, another processor can put a smaller value
 * back; a second look makes that rare, and user space knows from the buckets when it has happened.
 */
static __always_inline void raise_to(volatile __u64 *maximum, __u64 value)
{
	if (*maximum < value)
		*maximum = value;
	if (*maximum < value)
		*maximum = value;
}
#else
/* Raises *maximum to value. Bounded: a loser of four races was overtaken by larger values. */
static __always_inline void raise_to(__u64 *maximum, __u64 value)
{
	__u64 seen = *maximum;

	for (int attempt = 0; attempt < 4 && value > seen; attempt++) {
		__u64 found = __sync_val_compare_and_swap(maximum, seen, value);

		if (found == seen)
			return;
		seen = found;
	}
}
#endif

static __always_inline void record_duration(__u32 function, __u64 duration_ns)
{
	struct uprof_function_stats *stats = bpf_map_lookup_elem(&functions, &function);
	__u64 bucket = bucket_index(duration_ns);

	/* One register is compared and used: older verifiers know no bounds of what is made of it.
	 */
	asm volatile("" : "+r"(bucket));
	if (!stats || bucket >= UPROF_BUCKET_COUNT)
		return;
	__sync_fetch_and_add(&stats->total_ns, duration_ns);
	raise_to(&stats->max_ns, duration_ns);
	raise_to(&stats->max_inverse_ns, ~duration_ns);
	__sync_fetch_and_add(&stats->buckets[bucket], 1);
}

#endif /* UPROF_HISTOGRAM_H */
