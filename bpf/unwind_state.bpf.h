/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* A stack under construction, and the steps that all ways of unwinding share. */
#ifndef UPROF_UNWIND_STATE_H
#define UPROF_UNWIND_STATE_H

/* DWARF's numbers of the registers (System V psABI for x86-64, figure 3.36). */
enum unwind_register {
	REGISTER_RAX,
	REGISTER_RDX,
	REGISTER_RCX,
	REGISTER_RBX,
	REGISTER_RSI,
	REGISTER_RDI,
	REGISTER_RBP,
	REGISTER_RSP,
	REGISTER_R8,
	REGISTER_R9,
	REGISTER_R10,
	REGISTER_R11,
	REGISTER_R12,
	REGISTER_R13,
	REGISTER_R14,
	REGISTER_R15,
	REGISTER_RIP,
	REGISTER_COUNT,
};

#define ALL_REGISTERS (~0U)

/* A power of two. */
#define UPROF_WINDOW_WORDS 128

struct unwind {
	__u64 registers[REGISTER_COUNT];
	__u64 lookup; /* the address the frame is known by */
	__u64 hash;
	/* The mapping the last frame was in: often the next one's too. */
	struct uprof_mapping mapping;
	struct uprof_unwind_rule rule;
	__u32 first_mapping;
	__u32 mapping_count;
	/* Bounds of a search, and, of one for a row, where it is for which address of a page. */
	volatile __u32 low;
	volatile __u32 high;
	__u32 shard;
	__u32 offset;
	__u32 rule_number; /* what was found: an index in the map `unwind_rules`, or none */
	/* Pending return probes: where they lead, the next one, and the place one is looked for. */
	__u64 trampoline;
	volatile __u64 instance;
	__u64 slot;
	__u64 rbx_place; /* where rbx is in memory, read only if needed; zero: in its register */
	__u32 is_return_address; /* the program counter: the call is before it */
	__u32 known_registers;	 /* a bit for each whose value is that of this frame */
#ifdef UPROF_LEGACY
	__u32 thread;	       /* whose stack it is */
	__u32 pointer_failure; /* how the stack ends if the frame pointer has led to nowhere */
	__u32 programs_left;   /* how many more may unwind frames */
#else
	/* A part of the program's stack, and how much of it there is. */
	__u64 window_start;
	__u64 window_bytes;
	__u64 window[UPROF_WINDOW_WORDS];
#endif
#ifdef UPROF_KNOWN_RULES
	__u64 known_rules[UPROF_KNOWN_RULES];
#endif
	/*
	 * The frames lie right behind the stack; one more than are kept, so that a mask bounds
	 * them. Before it is room for the events that end with a stack.
	 */
	union {
		struct uprof_slow_call event;
		struct {
			__u64 before_stack[5];
			__u64 new_stack_hash;
			struct uprof_stack stack;
		};
	};
	__u64 frames[UPROF_MAX_FRAMES + 1];
};

_Static_assert(__builtin_offsetof(struct unwind, event.stack) ==
		   __builtin_offsetof(struct unwind, stack),
	       "an event ends with its stack");

#ifdef UPROF_LEGACY
/* Everything is one function: the address itself says which. */
static __always_inline struct unwind *unwind_of(__u64 owner)
{
	return (struct unwind *)owner;
}
#else
static __always_inline struct unwind *unwind_of(__u64 owner);
#endif

static __always_inline __u64 mix(__u64 hash, __u64 value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15ULL;
	return hash ^ hash >> 29;
}

static __always_inline int end_stack(struct unwind *unwind, __u8 reason)
{
	unwind->stack.end = reason;
	return 1;
}

/* Adds a frame. Returns its word. */
static __always_inline __u64 add_frame(struct unwind *unwind, __u64 image, __u64 address)
{
	__u64 frame =
	    image << UPROF_FRAME_IMAGE_SHIFT | (address & ((1ULL << UPROF_FRAME_IMAGE_SHIFT) - 1));
	__u32 count = unwind->stack.frame_count;

	unwind->frames[count & UPROF_MAX_FRAMES] = frame;
	unwind->stack.frame_count = count + 1;
	unwind->hash = mix(unwind->hash, frame);
	return frame;
}

/* Goes to the caller, whose stack pointer is cfa; its return address was at slot. */
static __always_inline int go_to_caller(struct unwind *unwind, __u64 cfa, __u64 slot,
					__u64 return_address)
{
	unwind->registers[REGISTER_RSP] = cfa;
	unwind->registers[REGISTER_RIP] = return_address;
	unwind->slot = slot;
	unwind->is_return_address = true;
	return 0;
}

/* Whether a register's value is that of the frame. */
static __always_inline bool is_known(struct unwind *unwind, __u8 number)
{
	return unwind->known_registers >> (number & 31) & 1;
}

static __always_inline bool is_in_mapping(struct unwind *unwind)
{
	__u64 start = unwind->mapping.start;

	/* One comparison for both ends. */
	return unwind->lookup - start < unwind->mapping.end - start;
}

/* Makes the end of the stack part of its hash. */
static __always_inline void complete_hash(struct unwind *unwind)
{
	unwind->hash = mix(unwind->hash, unwind->stack.end | unwind->stack.detail << 8 |
					     unwind->stack.flags << 16);
}

#endif /* UPROF_UNWIND_STATE_H */
