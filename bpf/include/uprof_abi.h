/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * What the BPF programs and the Swift side both know: the layout of every map
 * value and event that crosses between them. Fixed-width types, explicit
 * padding, no pointers; a variable part is a flexible array at the end, so that
 * the size Swift sees is the size of the fixed part.
 */
#ifndef UPROF_ABI_H
#define UPROF_ABI_H

#ifndef UPROF_KERNEL_TYPES
#include <linux/types.h>
#endif

/* Changes with any change of a layout below. */
#define UPROF_ABI_VERSION 1

/*
 * Log-linear histogram: the values 0 to 15 have a bucket each, and every power
 * of two above is cut into 16, so that a bucket is at most 6.25 % wide.
 */
#define UPROF_SUB_BUCKET_BITS 4
#define UPROF_BUCKET_COUNT    976

/* MAX_URETPROBE_DEPTH of include/linux/uprobes.h. */
#define UPROF_MAX_CALL_DEPTH 64

/* Callers kept of one stack. */
#define UPROF_MAX_FRAMES 127

#define UPROF_COMM_LENGTH 16

/*
 * A probe's attach cookie is its function id and what is known of the site:
 * JUMP: an exit only where the stack pointer says so; a tail call.
 * EXITS: the entry of a function whose exits are probed; the kernel's limit does not hold for it.
 * CONDITIONAL: a jump that is taken under the condition of the four bits at CONDITION_SHIFT,
 * numbered as in the opcode.
 * HIDDEN: a return in code that may not be the function's.
 */
#define UPROF_COOKIE_JUMP	     (1ULL << 32)
#define UPROF_COOKIE_EXITS	     (1ULL << 33)
#define UPROF_COOKIE_CONDITIONAL     (1ULL << 34)
#define UPROF_COOKIE_HIDDEN	     (1ULL << 35)
#define UPROF_COOKIE_CONDITION_SHIFT 36

/* Value of the map `functions`, key: function id. All zero before the first call. */
struct uprof_function_stats {
	__u64 total_ns;
	__u64 max_ns;
	/* The largest complement of a duration, so that zero means "no call" here too. */
	__u64 max_inverse_ns;
	__u64 reserved;
	__u64 buckets[]; /* UPROF_BUCKET_COUNT calls */
};

#define UPROF_FUNCTION_STATS_SIZE 7840 /* 32 + 8 * UPROF_BUCKET_COUNT */

/* Whether calls are recorded; value of the global `uprof_phase`. */
enum uprof_phase {
	UPROF_PHASE_ATTACHING = 0, /* entries are matched, nothing is recorded */
	UPROF_PHASE_RECORDING = 1,
	UPROF_PHASE_STOPPED = 2, /* nothing is touched any more */
};

/* Why an event did not reach the result; index of the map `losses`. */
enum uprof_loss {
	UPROF_LOSS_ABANDONED_FRAMES = 0,
	UPROF_LOSS_THREAD_EXITED = 1,
	UPROF_LOSS_EXEC = 2,
	UPROF_LOSS_RETURNS_WITHOUT_ENTRY = 3,
	UPROF_LOSS_TOO_DEEP = 4,
	UPROF_LOSS_THREAD_TABLE_FULL = 5,
	UPROF_LOSS_STACK_TABLE_FULL = 6,
	UPROF_LOSS_RING_FULL = 7,
	UPROF_LOSS_TAIL_CALLS =
	    8, /* no loss: the time of what was called is not part of the call */
	UPROF_LOSS_ON_SIGNAL_STACK = 9,
	UPROF_LOSS_COUNT = 10,
};

/* Why a stack has no further caller. */
enum uprof_stack_end {
	UPROF_STACK_END_COMPLETE = 0,	      /* a zero frame pointer or return address */
	UPROF_STACK_END_NO_FRAME_POINTER = 1, /* the register holds no stack address */
	UPROF_STACK_END_UNREADABLE = 2,
	UPROF_STACK_END_TOO_DEEP = 3,	/* more than UPROF_MAX_FRAMES callers */
	UPROF_STACK_END_TRAMPOLINE = 4, /* another tool's return probe */
};

/* Callers of a probed function, innermost first; value of the map `stacks`, key: their hash. */
struct uprof_stack {
	__u32 frame_count;
	__u32 end; /* enum uprof_stack_end */
	__u64 frames[];
};

#define UPROF_STACK_SIZE 1024 /* 8 + 8 * UPROF_MAX_FRAMES */

/* Key of the map `stack_counts`. */
struct uprof_stack_key {
	__u64 stack_hash;
	__u32 function;
	__u32 process;
};

/* Value of the map `stack_counts`. */
struct uprof_stack_count {
	__u64 calls;
	__u64 total_ns;
};

/* Event of the ring buffer `slow_calls`. */
struct uprof_slow_call {
	__u64 end_ns; /* CLOCK_MONOTONIC */
	__u64 duration_ns;
	__u32 process;
	__u32 thread;
	__u32 function;
	__u32 reserved;
	char comm[UPROF_COMM_LENGTH];
	struct uprof_stack stack; /* with its frames */
};

/* The fixed part of a value of the map `threads`, key: thread id. */
struct uprof_thread_header {
	__u32 depth; /* calls in flight */
	__u32 process;
};

#ifndef __cplusplus
_Static_assert(UPROF_FUNCTION_STATS_SIZE ==
		   sizeof(struct uprof_function_stats) + 8 * UPROF_BUCKET_COUNT,
	       "a function's statistics are a header and its buckets");
_Static_assert(UPROF_STACK_SIZE == sizeof(struct uprof_stack) + 8 * UPROF_MAX_FRAMES,
	       "a stack is a header and its frames");
_Static_assert(sizeof(struct uprof_stack_key) == 16, "a stack key has no padding");
_Static_assert(sizeof(struct uprof_slow_call) == 56, "a slow call's fixed part has no padding");
#endif

#endif /* UPROF_ABI_H */
