/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * Unwinds the user stack of the current thread by the rules of `.eh_frame`.
 *
 * The object that includes this defines unwind_of(), which finds the state of a stack under
 * construction by a number. Every failure ends the stack with its reason; what was found is kept.
 */
#ifndef UPROF_UNWIND_H
#define UPROF_UNWIND_H

#include "unwind_state.bpf.h"

#ifdef UPROF_LEGACY
/* Everything is one function: the address itself says which. */
static __always_inline struct unwind *unwind_of(__u64 owner)
{
	return (struct unwind *)owner;
}
#else
static __always_inline struct unwind *unwind_of(__u64 owner);
#endif

#include "unwind_tables.bpf.h"

/* Offset of the registers in the ucontext_t at the stack pointer of a signal's trampoline. */
#define UPROF_CONTEXT_REGISTERS 40

/*
 * MAX_URETPROBE_DEPTH of include/linux/uprobes.h. The next one is mostly the one looked for; those
 * of functions that have been left lie between.
 */
#ifdef UPROF_LEGACY
#define UPROF_MAX_RETURN_INSTANCES 2
#else
#define UPROF_MAX_RETURN_INSTANCES 64
#endif

/* UPROBE_XOL_SLOT_BYTES of arch/x86/include/asm/uprobes.h: the first slot is the trampoline. */
#define UPROF_XOL_SLOT_BYTES 128
#define UPROF_XOL_AREA_BYTES 4096

/* Registers as the kernel saves them for a signal handler (struct sigcontext_64). */
struct signal_registers {
	__u64 r8, r9, r10, r11, r12, r13, r14, r15;
	__u64 rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip;
};

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

static __always_inline bool read_word(__u64 address, __u64 *word)
{
	return !bpf_probe_read_user(word, sizeof(*word), (void *)address);
}

static __always_inline void add_frame(struct unwind *unwind, __u64 image, __u64 address)
{
	__u64 frame =
	    image << UPROF_FRAME_IMAGE_SHIFT | (address & ((1ULL << UPROF_FRAME_IMAGE_SHIFT) - 1));
	__u32 count = unwind->stack.frame_count;

	unwind->frames[count & UPROF_MAX_FRAMES] = frame;
	unwind->stack.frame_count = count + 1;
	unwind->hash = mix(unwind->hash, frame);
}

/*
 * Looks for the return address that a return probe has replaced at unwind->slot; leaves it as the
 * program counter. The kernel's list is in the order of the frames, so the search goes on where
 * the last one ended.
 */
FUNCTION int find_replaced_return(__u64 owner)
{
	struct unwind *unwind = unwind_of(owner);

	if (!unwind)
		return 0;
	UNROLLED
	for (int i = 0; i < UPROF_MAX_RETURN_INSTANCES; i++) {
		struct return_instance *instance = (void *)unwind->instance;

		if (!instance)
			return 0;
		unwind->instance = (__u64)READ(instance, next);
		/* Where the kernel takes no note of the place, the order has to do. */
		if (HAS(instance, stack) && READ(instance, stack) != unwind->slot)
			continue;
		unwind->registers[REGISTER_RIP] = READ(instance, orig_ret_vaddr);
		return 1;
	}
	return 0;
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

/* Finds out where the caller really is. Returns whether the stack ends here. */
static __always_inline int arrive(struct unwind *unwind, __u64 owner)
{
	__u64 address = unwind->registers[REGISTER_RIP];

	/* What a signal has interrupted is no caller. */
	if (!unwind->is_return_address)
		return 0;
	if (!address)
		return end_stack(unwind, UPROF_STACK_END_COMPLETE);
	if (address == unwind->trampoline && !find_replaced_return(owner))
		return end_stack(unwind, UPROF_STACK_END_TRAMPOLINE);
	return 0;
}

/* Whether a register's value is that of the frame. */
static __always_inline bool is_known(struct unwind *unwind, __u8 number)
{
	return unwind->known_registers >> (number & 31) & 1;
}

static __always_inline bool is_in_mapping(struct unwind *unwind)
{
	return unwind->lookup >= unwind->mapping.start && unwind->lookup < unwind->mapping.end;
}

/* A saved frame pointer and the return address above it, as `push %rbp` leaves them. */
struct frame_record {
	__u64 frame_pointer;
	__u64 return_address;
};

/*
 * Goes to the caller by the frame pointer: in generated code, where no table describes the image,
 * and in functions that a table leaves out (assembly; what cannot throw, in Swift). A function that
 * has not pushed it yet, or never does, makes the walk miss the caller.
 */
static __always_inline int follow_frame_pointer(struct unwind *unwind, __u64 owner, __u8 failure)
{
	__u64 frame_pointer = unwind->registers[REGISTER_RBP];
	struct frame_record record;

	unwind->stack.flags |= UPROF_STACK_FRAME_POINTERS;
	if (!is_known(unwind, REGISTER_RBP))
		return end_stack(unwind, failure);
	if (!frame_pointer)
		return end_stack(unwind, UPROF_STACK_END_COMPLETE);
	if (frame_pointer < unwind->registers[REGISTER_RSP] || frame_pointer & (sizeof(__u64) - 1))
		return end_stack(unwind, failure);
	if (bpf_probe_read_user(&record, sizeof(record), (void *)frame_pointer))
		return end_stack(unwind, failure);
		/* A register that holds no frame pointer would lead anywhere. */
#ifdef UPROF_LEGACY
	unwind->pointer_failure = failure;
#else
	unwind->lookup = record.return_address - 1;
	if (record.return_address && record.return_address != unwind->trampoline &&
	    !is_in_mapping(unwind) && !find_mapping(owner))
		return end_stack(unwind, failure);
#endif
	unwind->registers[REGISTER_RBP] = record.frame_pointer;
	unwind->known_registers = 1U << REGISTER_RSP | 1U << REGISTER_RBP;
	return go_to_caller(unwind, frame_pointer + sizeof(record), frame_pointer + sizeof(__u64),
			    record.return_address);
}

/* Goes to what a signal has interrupted: all its registers are on the stack. */
static __always_inline int leave_signal(struct unwind *unwind)
{
	__u64 context = unwind->registers[REGISTER_RSP] + UPROF_CONTEXT_REGISTERS;
	struct signal_registers saved;
	__u64 *registers = unwind->registers;

	if (bpf_probe_read_user(&saved, sizeof(saved), (void *)context))
		return end_stack(unwind, UPROF_STACK_END_UNREADABLE);
	registers[REGISTER_RAX] = saved.rax;
	registers[REGISTER_RDX] = saved.rdx;
	registers[REGISTER_RCX] = saved.rcx;
	registers[REGISTER_RBX] = saved.rbx;
	registers[REGISTER_RSI] = saved.rsi;
	registers[REGISTER_RDI] = saved.rdi;
	registers[REGISTER_RBP] = saved.rbp;
	registers[REGISTER_RSP] = saved.rsp;
	registers[REGISTER_R8] = saved.r8;
	registers[REGISTER_R9] = saved.r9;
	registers[REGISTER_R10] = saved.r10;
	registers[REGISTER_R11] = saved.r11;
	registers[REGISTER_R12] = saved.r12;
	registers[REGISTER_R13] = saved.r13;
	registers[REGISTER_R14] = saved.r14;
	registers[REGISTER_R15] = saved.r15;
	registers[REGISTER_RIP] = saved.rip;
	unwind->known_registers = ALL_REGISTERS;
	unwind->rbx_place = 0;
	unwind->is_return_address = false;
	return 0;
}

/* The canonical frame address: the caller's stack pointer. Returns zero, or why there is none. */
static __always_inline __u8 find_cfa(struct unwind *unwind, __u64 *cfa)
{
	__u8 number = unwind->rule.cfa_register;
	__u64 base;

	if (unwind->rule.kind == UPROF_RULE_LINKAGE) {
		*cfa = unwind->registers[REGISTER_RSP] + unwind->rule.cfa_offset +
		       ((unwind->registers[REGISTER_RIP] & 15) >= number ? sizeof(__u64) : 0);
		return 0;
	}
	if (!is_known(unwind, number))
		return UPROF_STACK_END_LOST_REGISTER;
	base = unwind->registers[number & 15];
	if (number == REGISTER_RBX && unwind->rbx_place && !read_word(unwind->rbx_place, &base))
		return UPROF_STACK_END_UNREADABLE;
	*cfa = base + unwind->rule.cfa_offset;
	if (unwind->rule.kind == UPROF_RULE_DEREFERENCED) {
		if (!read_word(*cfa, &base))
			return UPROF_STACK_END_UNREADABLE;
		*cfa = base + unwind->rule.cfa_added;
	}
	return 0;
}

/* Restores the caller's rbp. Returns zero, or why it cannot be told. */
static __always_inline __u8 restore_frame_pointer(struct unwind *unwind, __u64 cfa)
{
	__u8 number = unwind->rule.pointer_register;
	__u64 place = cfa;

	switch (unwind->rule.saved_kinds & 15) {
	case UPROF_SAVED_SAME:
		return 0;
	case UPROF_SAVED_AT_REGISTER:
		if (!is_known(unwind, number))
			return UPROF_STACK_END_LOST_REGISTER;
		place = unwind->registers[number & 15];
		break;
	case UPROF_SAVED_AT_CFA:
		break;
	default:
		unwind->known_registers &= ~(1U << REGISTER_RBP);
		return 0;
	}
	if (!read_word(place + unwind->rule.pointer_offset, &unwind->registers[REGISTER_RBP]))
		return UPROF_STACK_END_UNREADABLE;
	unwind->known_registers |= 1U << REGISTER_RBP;
	return 0;
}

/* Takes note of where the caller's rbx is; few rules ever need it. */
static __always_inline void restore_rbx(struct unwind *unwind, __u64 cfa)
{
	switch (unwind->rule.saved_kinds >> 4) {
	case UPROF_SAVED_SAME:
		break;
	case UPROF_SAVED_AT_CFA:
		unwind->rbx_place = cfa + unwind->rule.rbx_offset;
		unwind->known_registers |= 1U << REGISTER_RBX;
		break;
	default:
		unwind->known_registers &= ~(1U << REGISTER_RBX);
	}
}

/* Goes to the caller by a rule with a frame. Returns whether the stack ends here. */
static __always_inline int leave_frame(struct unwind *unwind, __u64 owner)
{
	__u8 return_register = unwind->rule.return_register, failure;
	__u64 cfa = 0, slot, return_address = 0;

	failure = find_cfa(unwind, &cfa);
	if (failure)
		return end_stack(unwind, failure);
	slot = cfa + (__s64)unwind->rule.return_offset * (__s64)sizeof(__u64);
	if (return_register == UPROF_RETURN_IN_MEMORY) {
		if (cfa <= unwind->registers[REGISTER_RSP])
			return end_stack(unwind, UPROF_STACK_END_NOT_ADVANCING);
		if (!read_word(slot, &return_address))
			return end_stack(unwind, UPROF_STACK_END_UNREADABLE);
	} else {
		if (!is_known(unwind, return_register))
			return end_stack(unwind, UPROF_STACK_END_LOST_REGISTER);
		return_address = unwind->registers[return_register & 15];
	}
	failure = restore_frame_pointer(unwind, cfa);
	if (failure)
		return end_stack(unwind, failure);
	restore_rbx(unwind, cfa);
	unwind->known_registers &= 1U << REGISTER_RSP | 1U << REGISTER_RBP | 1U << REGISTER_RBX;
	return go_to_caller(unwind, cfa, slot, return_address);
}

/* Goes to the caller by unwind->rule. Returns whether the stack ends here. */
FUNCTION int follow_rule(__u64 owner)
{
	struct unwind *unwind = unwind_of(owner);

	if (!unwind)
		return 1;
	switch (unwind->rule.kind) {
	case UPROF_RULE_SIGNAL:
		return leave_signal(unwind);
	case UPROF_RULE_END:
		return end_stack(unwind, UPROF_STACK_END_COMPLETE);
	case UPROF_RULE_NONE:
		return follow_frame_pointer(unwind, owner, UPROF_STACK_END_NO_INFORMATION);
	case UPROF_RULE_UNSUPPORTED:
		unwind->stack.detail = unwind->rule.cfa_register;
		return end_stack(unwind, UPROF_STACK_END_UNSUPPORTED);
	default:
		return leave_frame(unwind, owner);
	}
}

/* Why the code at unwind->lookup is in no mapping. */
static __always_inline __u8 unmapped_reason(struct unwind *unwind)
{
	/* arch/x86/include/uapi/asm/vsyscall.h */
	if (unwind->lookup >> 12 == 0xffffffffff600ULL)
		return UPROF_STACK_END_VSYSCALL;
	return unwind->mapping_count ? UPROF_STACK_END_NO_MAPPING : UPROF_STACK_END_NEW_PROCESS;
}

/* Adds the frame the registers are in, and goes to its caller. Returns whether the stack ends. */
static __always_inline int leave_any_frame(struct unwind *unwind, __u64 owner)
{
	if (unwind->stack.frame_count >= UPROF_MAX_FRAMES)
		return end_stack(unwind, UPROF_STACK_END_TOO_DEEP);
	unwind->lookup = unwind->registers[REGISTER_RIP] - unwind->is_return_address;
	if (!is_in_mapping(unwind) && !find_mapping(owner)) {
#ifdef UPROF_LEGACY
		if (unwind->pointer_failure)
			return end_stack(unwind, unwind->pointer_failure);
#endif
		add_frame(unwind, 0, unwind->lookup);
		return end_stack(unwind, unmapped_reason(unwind));
	}
#ifdef UPROF_LEGACY
	unwind->pointer_failure = 0;
#endif
	if (unwind->mapping.kind == UPROF_MAPPING_JIT) {
		add_frame(unwind, UPROF_IMAGE_JIT, unwind->lookup);
		return follow_frame_pointer(unwind, owner, UPROF_STACK_END_JIT);
	}
	add_frame(unwind, unwind->mapping.image, unwind->lookup - unwind->mapping.bias);
	switch (find_rule(owner)) {
	case UPROF_IMAGE_READY:
		return follow_rule(owner);
	case UPROF_IMAGE_NO_TABLE:
		return follow_frame_pointer(unwind, owner, UPROF_STACK_END_NO_FRAME_POINTER);
	case UPROF_IMAGE_NO_ROOM:
		return end_stack(unwind, UPROF_STACK_END_NO_ROOM);
	case UPROF_IMAGE_BAD_TABLE:
		return end_stack(unwind, UPROF_STACK_END_BAD_TABLE);
	default:
		return end_stack(unwind, UPROF_STACK_END_NO_TABLE_YET);
	}
}

FUNCTION int unwind_frame(__u64 owner)
{
	struct unwind *unwind = unwind_of(owner);

	if (!unwind || leave_any_frame(unwind, owner))
		return 1;
	return arrive(unwind, owner);
}

/* Where the return probes of a process lead, zero if it has none. */
static __always_inline __u64 trampoline_of(struct task_struct *task)
{
	struct mm_struct *mm = READ(task, mm);
	struct xol_area *area = READ(mm, uprobes_state.xol_area);

	return READ(area, vaddr);
}

/* Empties the state for a stack of a process. */
static __always_inline void begin_stack(struct unwind *unwind, const struct uprof_process *process)
{
	/* One load: user space replaces it as a whole. */
	__u64 known = process ? *(volatile __u64 *)&process->mappings : 0;
	struct task_struct *task = (void *)bpf_get_current_task();

	unwind->first_mapping = known;
	unwind->mapping_count = known >> 32;
	unwind->mapping.start = 0;
	unwind->mapping.end = 0;
	unwind->hash = 0x2545f4914f6cdd1dULL;
	unwind->stack.frame_count = 0;
	unwind->stack.end = UPROF_STACK_END_COMPLETE;
	unwind->stack.detail = 0;
	unwind->stack.flags = 0;
	unwind->stack.reserved = 0;
	unwind->known_registers = ALL_REGISTERS;
	unwind->rbx_place = 0;
#ifdef UPROF_LEGACY
	unwind->pointer_failure = 0;
#endif
	unwind->trampoline = 0;
	unwind->instance = 0;
	if (bpf_core_field_exists(((struct mm_struct *)0)->uprobes_state)) {
		unwind->trampoline = trampoline_of(task);
		if (unwind->trampoline) {
			struct uprobe_task *probes = READ(task, utask);

			unwind->instance = (__u64)READ(probes, return_instances);
		}
	}
}

/*
 * Puts the program counter right while it is in the kernel's own code for uprobes: a copy of
 * a probed instruction, or a return trampoline.
 */
static __always_inline void leave_uprobe(struct unwind *unwind)
{
	__u64 offset = unwind->registers[REGISTER_RIP] - unwind->trampoline;
	struct task_struct *task = (void *)bpf_get_current_task();
	struct return_instance *instance = (void *)unwind->instance;
	struct uprobe_task *probes;
	__u64 address;

	if (!unwind->trampoline || offset >= UPROF_XOL_AREA_BYTES)
		return;
	if (offset >= UPROF_XOL_SLOT_BYTES) {
		probes = READ(task, utask);
		address = READ(probes, vaddr);
		if (address)
			unwind->registers[REGISTER_RIP] = address;
		return;
	}
	if (!instance)
		return;
	unwind->registers[REGISTER_RIP] = READ(instance, orig_ret_vaddr);
	if (HAS(instance, stack))
		unwind->registers[REGISTER_RSP] = READ(instance, stack) + sizeof(__u64);
	unwind->instance = (__u64)READ(instance, next);
	unwind->is_return_address = true;
}

/* Makes the end of the stack part of its hash. */
static __always_inline void complete_hash(struct unwind *unwind)
{
	unwind->hash = mix(unwind->hash, unwind->stack.end | unwind->stack.detail << 8 |
					     unwind->stack.flags << 16);
}

#ifdef UPROF_LEGACY
/*
 * The programs that follow each other, by tail calls: each unwinds a few frames, as many as fit,
 * until the stack ends; then the last one takes over. The kernel allows 32 tail calls.
 */
enum unwind_program {
	UNWIND_FRAMES = 0,
	UNWIND_FINISH = 1,
	UNWIND_PROGRAMS = 2,
};

#define UPROF_FRAMES_PER_PROGRAM 3
#define UPROF_UNWIND_PROGRAMS	 30

/* What a program of the chain does; comes back only where a stack is lost. */
static __always_inline void unwind_frames(void *ctx, void *programs, struct unwind *unwind)
{
	/* The state belongs to the processor: another thread may have come between. */
	if (unwind->thread != (__u32)bpf_get_current_pid_tgid())
		return;
	UNROLLED
	for (int i = 0; i < UPROF_FRAMES_PER_PROGRAM; i++) {
		if (leave_any_frame(unwind, (__u64)unwind) || arrive(unwind, (__u64)unwind))
			goto finish;
	}
	if (unwind->programs_left) {
		unwind->programs_left--;
		bpf_tail_call(ctx, programs, UNWIND_FRAMES);
	}
	end_stack(unwind, UPROF_STACK_END_TOO_DEEP);
finish:
	complete_hash(unwind);
	bpf_tail_call(ctx, programs, UNWIND_FINISH);
}

/* Starts the chain with the registers as they are, or, where the stack has ended, its last program.
 */
static __always_inline void begin_unwinding(void *ctx, void *programs, struct unwind *unwind,
					    bool has_ended)
{
	unwind->thread = bpf_get_current_pid_tgid();
	unwind->programs_left = UPROF_UNWIND_PROGRAMS;
	if (has_ended) {
		complete_hash(unwind);
		bpf_tail_call(ctx, programs, UNWIND_FINISH);
	} else {
		bpf_tail_call(ctx, programs, UNWIND_FRAMES);
	}
}
#else
/* Unwinds from where the registers are to the root, and completes the hash. */
static __always_inline void unwind_stack(struct unwind *unwind, __u64 owner)
{
	for (int i = 0; i <= UPROF_MAX_FRAMES; i++) {
		if (unwind_frame(owner))
			break;
	}
	complete_hash(unwind);
}
#endif

#endif /* UPROF_UNWIND_H */
