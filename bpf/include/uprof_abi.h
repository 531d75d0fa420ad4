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

/*
 * Log-linear histogram: the values 0 to 15 have a bucket each, and every power
 * of two above is cut into 16, so that a bucket is at most 6.25 % wide.
 */
#define UPROF_SUB_BUCKET_BITS 4
#define UPROF_BUCKET_COUNT    976

/* MAX_URETPROBE_DEPTH of include/linux/uprobes.h. */
#define UPROF_MAX_CALL_DEPTH 64

/* Frames kept of one stack. */
#define UPROF_MAX_FRAMES 255

/* Frames kept of the kernel's part of a stack. */
#define UPROF_MAX_KERNEL_FRAMES 127

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

/*
 * What the objects for old kernels are told; value of their map `settings`. Others have global
 * variables.
 */
struct uprof_settings {
	__u64 slower_than_ns;
	__u64 sample_period_ns;
	__u64 min_block_ns;
	__u32 uprof_phase;	/* enum uprof_phase */
	__u32 uprof_generation; /* which of two maps counts go to */
	__u8 count_stacks;
	__u8 report_slow_calls;
	__u8 record_all;
	__u8 by_thread;
	__u8 with_preempted;
	__u8 reserved[3];
};

/* The cookie of a place in the programs for old kernels, until user space puts it in. */
#define UPROF_COOKIE_PLACEHOLDER 0x6469652d7570726fULL

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
	UPROF_STACK_END_COMPLETE = 0,	      /* the outermost frame */
	UPROF_STACK_END_NO_FRAME_POINTER = 1, /* the register holds no stack address */
	UPROF_STACK_END_UNREADABLE = 2,
	UPROF_STACK_END_TOO_DEEP = 3,	     /* more than UPROF_MAX_FRAMES */
	UPROF_STACK_END_TRAMPOLINE = 4,	     /* a return probe the kernel does not list */
	UPROF_STACK_END_NO_MAPPING = 5,	     /* an address in no known code */
	UPROF_STACK_END_NEW_PROCESS = 6,     /* its mappings are not known yet */
	UPROF_STACK_END_NO_TABLE_YET = 7,    /* the image's table is not in yet */
	UPROF_STACK_END_NO_ROOM = 8,	     /* the image's table does not fit */
	UPROF_STACK_END_BAD_TABLE = 9,	     /* the image has no table that can be used */
	UPROF_STACK_END_NO_INFORMATION = 10, /* nothing describes the code */
	UPROF_STACK_END_UNSUPPORTED = 11,    /* a rule uprof does not follow; see detail */
	UPROF_STACK_END_LOST_REGISTER = 12,  /* a rule needs a register of an inner frame */
	UPROF_STACK_END_NOT_ADVANCING = 13,  /* the caller's frame would not be further out */
	UPROF_STACK_END_JIT = 14,	     /* generated code without a frame pointer */
	UPROF_STACK_END_VSYSCALL = 15,
	UPROF_STACK_END_COMPAT = 16, /* 32-bit code */
	UPROF_STACK_END_EXITING = 17 /* the process has no memory any more */
};

/* What helped to find the frames of a stack. */
enum uprof_stack_flags {
	UPROF_STACK_FRAME_POINTERS = 1, /* at least one caller is by a frame pointer alone */
	UPROF_STACK_KERNEL = 2,		/* the kernel's part: frames are plain addresses */
};

/*
 * Frames, innermost first; value of the map `stacks`, key: their hash.
 *
 * A frame is the number of its image in the upper 16 bits and the address in the image's own
 * terms below: of the leaf, that of the instruction, else that before the return address. Image
 * zero: an address of the process where no image is known; UPROF_IMAGE_JIT: one in generated code.
 */
struct uprof_stack {
	__u32 frame_count;
	__u8 end;    /* enum uprof_stack_end */
	__u8 detail; /* why a rule is not followed, as user space has numbered it */
	__u8 flags;  /* enum uprof_stack_flags */
	__u8 reserved;
	__u64 frames[];
};

/* Event of the ring buffer `new_stacks`: a stack that user space may not know. */
struct uprof_new_stack {
	__u64 hash;
	struct uprof_stack stack; /* with its frames */
};

#define UPROF_STACK_SIZE	2048 /* 8 + 8 * UPROF_MAX_FRAMES */
#define UPROF_KERNEL_STACK_SIZE 1024 /* 8 + 8 * UPROF_MAX_KERNEL_FRAMES */

#define UPROF_FRAME_IMAGE_SHIFT 48
#define UPROF_IMAGE_JIT		0xffff

/* How many images there can be; their numbers start at one. */
#define UPROF_MAX_IMAGES 65535

/*
 * Unwind tables. An image's addresses are cut into pages of 4 KiB, so that few rows are left to
 * search; a page has rows in the order of their addresses in it, the first one at zero, and all
 * rows of a page are in one shard.
 */
#define UPROF_PAGE_SHIFT     12
#define UPROF_ROWS_PER_SHARD 65536
#define UPROF_MAX_SHARDS     256
#define UPROF_MAX_RULES	     65536

/* From which address of its page a rule holds, up to the next row. */
struct uprof_unwind_row {
	__u16 address;
	__u16 rule; /* index in the map `unwind_rules` */
};

/* Value of the map `unwind_pages`: the rows of a page of an image. */
struct uprof_unwind_page {
	__u32 first_row; /* shard in the upper 16 bits, index in the shard below */
	__u32 row_count;
};

/* Whether an image's table can be used. */
enum uprof_image_state {
	UPROF_IMAGE_PENDING = 0, /* being made */
	UPROF_IMAGE_READY = 1,
	UPROF_IMAGE_NO_TABLE = 2, /* nothing describes it: frame pointers */
	UPROF_IMAGE_NO_ROOM = 3,
	UPROF_IMAGE_BAD_TABLE = 4,
};

/* Value of the map `unwind_images`, key: the image's number. */
struct uprof_image {
	__u32 first_entry; /* in the map `unwind_pages` */
	__u32 page_count;
	__u32 first_page; /* the number of the first page: its address divided by the size of one */
	__u32 state;	  /* enum uprof_image_state; read last, written last */
};

enum uprof_rule_kind {
	UPROF_RULE_FRAME = 0,	     /* CFA: cfa_register + cfa_offset */
	UPROF_RULE_DEREFERENCED = 1, /* CFA: the word at that address + cfa_added */
	UPROF_RULE_LINKAGE = 2, /* CFA: rsp + cfa_offset, 8 more where pc % 16 >= cfa_register */
	UPROF_RULE_SIGNAL = 3,	/* a signal handler's return trampoline */
	UPROF_RULE_END = 4,	/* the outermost frame */
	UPROF_RULE_NONE = 5,	/* nothing describes the code */
	UPROF_RULE_UNSUPPORTED = 6, /* cfa_register: why */
};

/* Where the caller's rbp or rbx is. */
enum uprof_saved_kind {
	UPROF_SAVED_SAME = 0,
	UPROF_SAVED_AT_CFA = 1,	     /* in memory, at the CFA + offset */
	UPROF_SAVED_AT_REGISTER = 2, /* in memory, at pointer_register + offset; rbp only */
	UPROF_SAVED_LOST = 3,
};

#define UPROF_RETURN_IN_MEMORY 255

/*
 * How a frame is left; value of the map `unwind_rules`. Registers have DWARF's numbers (System V
 * psABI for x86-64, figure 3.36).
 */
struct uprof_unwind_rule {
	__u8 kind;	       /* enum uprof_rule_kind */
	__u8 cfa_register;     /* or what else the kind says */
	__u8 saved_kinds;      /* enum uprof_saved_kind, of rbp; of rbx in the upper four bits */
	__u8 pointer_register; /* what rbp's place is relative to */
	__s32 cfa_offset;
	__s16 pointer_offset; /* of rbp's place */
	__s16 rbx_offset;
	__s16 cfa_added;
	__s8 return_offset;   /* of the return address from the CFA, in words */
	__u8 return_register; /* or UPROF_RETURN_IN_MEMORY */
};

enum uprof_mapping_kind {
	UPROF_MAPPING_IMAGE = 0,
	UPROF_MAPPING_JIT = 1, /* generated code: frame pointers */
};

/* One executable mapping; value of the map `mappings`, those of a process together, in order. */
struct uprof_mapping {
	__u64 start;
	__u64 end;
	__u64 bias; /* what is taken from an address to get one in the image's own terms */
	__u32 image;
	__u32 kind; /* enum uprof_mapping_kind */
};

/* Value of the map `processes`, key: process id. */
struct uprof_process {
	__u64 mappings; /* how many in the upper half, the first one's index below; zero: unknown */
};

/* What a thread was doing. */
enum uprof_sample_kind {
	UPROF_SAMPLE_ON_CPU = 0,
	UPROF_SAMPLE_OFF_CPU = 1,
};

/* Key of the maps `sample_counts_0` and `sample_counts_1`. */
struct uprof_sample_key {
	__u64 stack_hash;
	__u64 kernel_hash; /* zero where there is no such part */
	__u32 process;
	__u32 thread; /* zero unless threads are told apart */
	__u32 kind;   /* enum uprof_sample_kind */
	__u32 reserved;
	char comm[UPROF_COMM_LENGTH];
};

/* Value of the maps `sample_counts_0` and `sample_counts_1`. */
struct uprof_sample_count {
	__u64 samples;
	__u64 nanoseconds;
};

/* A thread that does not run; value of the map `blocked`, key: thread id. */
struct uprof_blocked {
	__u64 start_ns; /* CLOCK_MONOTONIC */
	__u64 ran_ns;	/* how long it had run until then, in its life */
	struct uprof_sample_key key;
};

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

/* The longest name of a function of the kernel that is asked for, in words of 8 bytes. */
#define UPROF_KERNEL_NAME_WORDS 32

/* The context of the program that names functions of the kernel. */
struct uprof_kernel_name {
	__u64 address;
	__u64 words[UPROF_KERNEL_NAME_WORDS]; /* the name, with a zero byte behind it */
};

#ifndef __cplusplus
_Static_assert(UPROF_FUNCTION_STATS_SIZE ==
		   sizeof(struct uprof_function_stats) + 8 * UPROF_BUCKET_COUNT,
	       "a function's statistics are a header and its buckets");
_Static_assert(UPROF_STACK_SIZE == sizeof(struct uprof_stack) + 8 * UPROF_MAX_FRAMES,
	       "a stack is a header and its frames");
_Static_assert(UPROF_KERNEL_STACK_SIZE == sizeof(struct uprof_stack) + 8 * UPROF_MAX_KERNEL_FRAMES,
	       "so is the kernel's part of one");
_Static_assert(sizeof(struct uprof_new_stack) == 16, "a new stack's fixed part has no padding");
_Static_assert(sizeof(struct uprof_unwind_row) == 4, "a row is small");
_Static_assert(sizeof(struct uprof_unwind_rule) == 16, "a rule has no padding");
_Static_assert(sizeof(struct uprof_mapping) == 32, "a mapping has no padding");
_Static_assert(sizeof(struct uprof_sample_key) == 48, "a sample key has no padding");
_Static_assert(sizeof(struct uprof_stack_key) == 16, "a stack key has no padding");
_Static_assert(sizeof(struct uprof_slow_call) == 56, "a slow call's fixed part has no padding");
#endif

#endif /* UPROF_ABI_H */
