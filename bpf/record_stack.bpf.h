/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* How a stack begins, and where it is kept when it is complete. */
#ifndef UPROF_RECORD_STACK_H
#define UPROF_RECORD_STACK_H

#include "current.bpf.h"
#include "samples.bpf.h"
#include "record_scratch.bpf.h"

/* Begins a stack at scratch->registers. Returns whether it has ended already. */
static __always_inline bool begin_user_stack(struct scratch *scratch,
					     const struct uprof_process *process)
{
	struct unwind *unwind = &scratch->unwind;
	struct task_struct *task = (void *)bpf_get_current_task();

	begin_stack(unwind, process);
	if (HAS(task, mm) && !READ(task, mm)) {
		if (!(READ(task, flags) & PF_KTHREAD))
			end_stack(unwind, UPROF_STACK_END_EXITING);
		return true;
	}
	take_registers(unwind, &scratch->registers);
	if (scratch->registers.cs != UPROF_USER_CODE_SEGMENT) {
		/* Anything else is no register: before Linux 5.15, their place is a guess. */
		end_stack(unwind, scratch->registers.cs == UPROF_COMPAT_CODE_SEGMENT
				      ? UPROF_STACK_END_COMPAT
				      : UPROF_STACK_END_UNREADABLE);
		return true;
	}
	/* After a system call, the program counter is behind the instruction, as behind a call. */
	unwind->is_return_address =
	    !scratch->is_interrupted && (__s64)scratch->registers.orig_ax >= 0;
	leave_uprobe(unwind);
	return false;
}

static __always_inline void begin_key(const struct uprof_settings *settings,
				      struct uprof_sample_key *key, __u64 ids, __u32 kind)
{
	key->kernel_hash = 0;
	key->process = ids >> 32;
	key->thread = SETTING(settings, by_thread) ? (__u32)ids : 0;
	key->kind = kind;
	key->reserved = 0;
	bpf_get_current_comm(key->comm, sizeof(key->comm));
}

/* Counts a sample whose stack is complete. */
static __always_inline void finish_sample(const struct uprof_settings *settings,
					  struct scratch *scratch)
{
	struct uprof_sample_key key;

	scratch->key.stack_hash = scratch->unwind.hash;
	key = scratch->key;
	count_sample(settings, &key, scratch, 1, SETTING(settings, sample_period_ns));
}

/* Keeps the stack of a thread that is being switched out, for when it runs again. */
static __always_inline void finish_block(const struct uprof_settings *settings,
					 struct scratch *scratch)
{
	struct uprof_blocked block;
	__u32 thread = scratch->thread;

	scratch->key.stack_hash = scratch->unwind.hash;
	block.start_ns = scratch->start_ns;
	block.ran_ns = scratch->ran_ns;
	block.key = scratch->key;
	/* None yet: user space is told the stack as long as it is here. */
	if (!count_sample(settings, &block.key, scratch, 0, 0))
		return;
	if (bpf_map_update_elem(&blocked, &thread, &block, BPF_ANY))
		count_loss(UPROF_LOSS_THREAD_TABLE_FULL);
}

#endif /* UPROF_RECORD_STACK_H */
