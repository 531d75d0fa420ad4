// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Values whose bytes the compiler has laid out, maps of all kinds, and variables to be set.
#include "core.bpf.h"

enum color {
	RED = 1,
	GREEN = -2,
};

enum size : unsigned char {
	SMALL = 200,
};

typedef unsigned int count_t;

struct inner {
	short low;
	char letter;
};

struct everything {
	unsigned char byte;
	signed char negative;
	_Bool yes;
	count_t aliased;
	long long large;
	enum color known;
	enum color unknown;
	enum size small;
	char name[8];
	unsigned char raw[4];
	int numbers[3];
	struct inner one;
	struct inner many[2];
	union {
		unsigned int whole;
		unsigned short half;
	};
	unsigned int low_bits : 3;
	int high_bits : 5;
	const void *address;
};

const volatile struct everything sample = {
    .byte = 250,
    .negative = -5,
    .yes = 1,
    .aliased = 4000000000,
    .large = -1234567890123456789,
    .known = GREEN,
    .unknown = 7,
    .small = SMALL,
    .name = "text",
    .raw = {1, 2, 254, 255},
    .numbers = {-1, 0, 1},
    .one = {-300, 'x'},
    .many = {{1, 'a'}, {2, 'b'}},
    .whole = 0x10002,
    .low_bits = 5,
    .high_bits = -3,
};

const volatile int wanted = 1;
const volatile char word[8] = "";
volatile long counter;

struct node {
	struct node *next;
	struct {
		int deep;
	} inside;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, struct node);
} nodes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 4);
} untyped SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

SEC("tracepoint")
int traced(void *context)
{
	__u32 key = 0;
	__u64 *slot = bpf_map_lookup_elem(&slots, &key);
	struct node *node = bpf_map_lookup_elem(&nodes, &key);

	if (slot && node)
		*slot += node->inside.deep + wanted + word[0] + sample.byte + counter;
	if (bpf_map_lookup_elem(&untyped, &key))
		bpf_ringbuf_output(&ring, &key, sizeof(key), 0);
	bpf_perf_event_output(context, &events, 0xffffffff, &key, sizeof(key));
	return 0;
}

SEC("uprobe")
int probed(void *context)
{
	return 0;
}
