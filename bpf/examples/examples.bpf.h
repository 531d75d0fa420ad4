/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * What the examples share: types of the kernel, reduced to the fields they look into, and what
 * keeps them to what Linux 4.14 has: no global data, no loops, no functions of their own, perf
 * buffers.
 */
#ifndef UPROF_EXAMPLES_H
#define UPROF_EXAMPLES_H

#define bool _Bool
#define true 1
#define false 0

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef int __s32;
typedef unsigned int __u32;
typedef long long __s64;
typedef unsigned long long __u64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;

enum bpf_map_type {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PERF_EVENT_ARRAY = 4,
	BPF_MAP_TYPE_PERCPU_ARRAY = 6,
};

#define BPF_ANY		  0
#define BPF_F_CURRENT_CPU 0xffffffffULL

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

/* Also on kernels that have others; on x86 this one reads either memory. */
#define bpf_probe_read_kernel bpf_probe_read

/* What a map of one value has there, which is never nothing. */
static __always_inline void *only_value(void *map)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(map, &zero);
}

/* One more of what had no room; a program can be preempted by another. */
static __always_inline void count_loss(void *map)
{
	__u64 *count = only_value(map);

	if (count)
		__sync_fetch_and_add(count, 1);
}

/* Sends a record; if there is no room for it, that is counted. */
static __always_inline void send(void *ctx, void *events, void *event, __u64 size, void *lost)
{
	if (bpf_perf_event_output(ctx, events, BPF_F_CURRENT_CPU, event, size))
		count_loss(lost);
}

/* Where records go; every processor has a ring of its own. */
#define EVENTS(name)                                                                               \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);                                       \
		__uint(key_size, sizeof(__u32));                                                   \
		__uint(value_size, sizeof(__u32));                                                 \
	} name SEC(".maps")

/* A map of one value: settings, or a record that is too large for a program's stack. */
#define ONE(kind, name, value_type)                                                                \
	struct {                                                                                   \
		__uint(type, kind);                                                                \
		__uint(max_entries, 1);                                                            \
		__type(key, __u32);                                                                \
		__type(value, value_type);                                                         \
	} name SEC(".maps")

#endif /* UPROF_EXAMPLES_H */
