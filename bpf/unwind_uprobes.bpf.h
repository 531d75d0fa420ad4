/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* Code and return addresses that uprobes have put in place of the program's own. */
#ifndef UPROF_UNWIND_UPROBES_H
#define UPROF_UNWIND_UPROBES_H

#include "unwind_state.bpf.h"

/*
 * MAX_URETPROBE_DEPTH of include/linux/uprobes.h. The next one is mostly the one looked for; those
 * of functions that have been left lie between.
 */
#ifdef UPROF_LEGACY
#define UPROF_MAX_RETURN_INSTANCES     2
#define UPROF_MANY_RETURN_INSTANCES    2
#define UPROF_RETURN_INSTANCES_AT_ONCE 2
#else
#define UPROF_MAX_RETURN_INSTANCES     64
#define UPROF_MANY_RETURN_INSTANCES    16
#define UPROF_RETURN_INSTANCES_AT_ONCE 4
#endif

/* UPROBE_XOL_SLOT_BYTES of arch/x86/include/asm/uprobes.h: the first slot is the trampoline. */
#define UPROF_XOL_SLOT_BYTES 128
#define UPROF_XOL_AREA_BYTES 4096

/* Where the return probes of a process lead, zero if it has none. */
static __always_inline __u64 trampoline_of(struct task_struct *task)
{
	struct mm_struct *mm = READ(task, mm);
	struct xol_area *area = READ(mm, uprobes_state.xol_area);

	return area ? READ(area, vaddr) : 0;
}

/*
 * Looks through some of the kernel's list for the return address that a return probe has replaced
 * at unwind->slot; leaves it as the program counter. Returns whether it is there.
 */
FUNCTION int find_return_instance(__u64 owner)
{
	struct unwind *unwind = unwind_of(owner);

	if (!unwind)
		return 0;
	BOUNDED
	for (int i = 0; i < UPROF_RETURN_INSTANCES_AT_ONCE; i++) {
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

/* The same for much of the list. */
FUNCTION int find_return_in_many(__u64 owner)
{
	BOUNDED
	for (int i = 0; i < UPROF_MANY_RETURN_INSTANCES; i += UPROF_RETURN_INSTANCES_AT_ONCE) {
		if (find_return_instance(owner))
			return 1;
	}
	return 0;
}

/*
 * The same for all of the list. It is in the order of the frames, so that the search goes on where
 * the last one ended.
 */
FUNCTION int find_replaced_return(__u64 owner)
{
	BOUNDED
	for (int i = 0; i < UPROF_MAX_RETURN_INSTANCES; i += UPROF_MANY_RETURN_INSTANCES) {
		if (find_return_in_many(owner))
			return 1;
	}
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

#endif /* UPROF_UNWIND_UPROBES_H */
