// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Programs of every kind that a manifest can run, and maps of the kinds that the examples do
// without.
#include "core.bpf.h"

enum color {
	RED = 1,
	GREEN = -2,
};

struct spot {
	int process;
	enum color color;
};

struct record {
	int process;
	enum color color;
	_Bool yes;
	char word[8];
	unsigned char raw[8];
	short numbers[3];
	__u64 when;
};

const volatile int wanted = 0;
const volatile char word[8] = "";
volatile long step = 1;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 64);
	__type(key, struct spot);
	__type(value, __u64);
} calls SEC(".maps");

struct hits {
	__u32 slots[16];
	__u64 total;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, int);
	__type(value, struct hits);
} hits SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} samples SEC(".maps");

struct record *kept_by_compilers;

/* The system call getppid, which programs call to be seen. */
#define GETPPID 110

SEC("raw_tracepoint")
int entered(struct bpf_raw_tracepoint_args *context)
{
	int process = bpf_get_current_pid_tgid() >> 32;
	struct spot spot = {.process = process, .color = GREEN};
	__u64 first = step, *count;
	struct hits none = {}, *hit;
	struct record *record;

	if (context->args[1] != GETPPID || process != wanted)
		return 0;
	count = bpf_map_lookup_elem(&calls, &spot);
	if (count)
		*count += step;
	else
		bpf_map_update_elem(&calls, &spot, &first, BPF_ANY);

	bpf_map_update_elem(&hits, &process, &none, BPF_NOEXIST);
	hit = bpf_map_lookup_elem(&hits, &process);
	if (hit) {
		hit->slots[3] += 1;
		hit->total += 1;
	}

	record = bpf_ringbuf_reserve(&ring, sizeof(*record), 0);
	if (!record)
		return 0;
	record->process = process;
	record->color = spot.color;
	record->yes = 1;
	for (int i = 0; i < 8; i++)
		record->word[i] = word[i];
	__builtin_memcpy(record->raw, "a\xff\0b\0\0\0\0", 8);
	record->numbers[0] = -1;
	record->numbers[1] = 0;
	record->numbers[2] = 7;
	record->when = bpf_ktime_get_ns();
	bpf_ringbuf_submit(record, 0);
	return 0;
}

SEC("perf_event")
int sampled(void *context)
{
	__u32 key = 2;
	__u64 *count = bpf_map_lookup_elem(&samples, &key);

	if (count)
		*count += 1;
	return 0;
}
