/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* One counter per reason an event can be lost. */
#ifndef UPROF_LOSSES_H
#define UPROF_LOSSES_H

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, UPROF_LOSS_COUNT);
	__type(key, __u32);
	__type(value, __u64);
} losses SEC(".maps");

static __always_inline void count_losses(__u32 reason, __u64 events)
{
	__u64 *counter = bpf_map_lookup_elem(&losses, &reason);

	if (counter)
		__sync_fetch_and_add(counter, events);
}

static __always_inline void count_loss(__u32 reason)
{
	count_losses(reason, 1);
}

#endif /* UPROF_LOSSES_H */
