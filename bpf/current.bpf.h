/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* The current thread: its fields in the kernel, and its registers in user space. */
#ifndef UPROF_CURRENT_H
#define UPROF_CURRENT_H

#include "unwind_state.bpf.h"

/* include/linux/sched.h */
#define PF_KTHREAD 0x00200000

/* arch/x86/include/asm/page_64_types.h: without KASAN; only needed before Linux 5.15. */
#define UPROF_KERNEL_STACK_BYTES 16384

/* arch/x86/include/asm/segment.h: __USER_CS, the only one of 64-bit code, and __USER32_CS. */
#define UPROF_USER_CODE_SEGMENT	  0x33
#define UPROF_COMPAT_CODE_SEGMENT 0x23

#ifdef UPROF_LEGACY
#define FIELD(pointer, field) READ(pointer, field)
#define CURRENT_FIELD(field)  FIELD((struct task_struct *)bpf_get_current_task(), field)
#else
#define FIELD(pointer, field) ((pointer)->field)
#define CURRENT_FIELD(field)  (bpf_get_current_task_btf()->field)
#endif

/* Where the kernel keeps the registers of the current thread's user space. */
static __always_inline struct pt_regs *user_registers(struct task_struct *task)
{
#ifndef UPROF_LEGACY
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_task_pt_regs))
		return (void *)bpf_task_pt_regs(bpf_get_current_task_btf());
#endif
	return (void *)((__u64)READ(task, stack) + UPROF_KERNEL_STACK_BYTES -
			sizeof(struct pt_regs));
}

static __always_inline void take_registers(struct unwind *unwind, const struct pt_regs *from)
{
	__u64 *registers = unwind->registers;

	registers[REGISTER_RAX] = from->ax;
	registers[REGISTER_RDX] = from->dx;
	registers[REGISTER_RCX] = from->cx;
	registers[REGISTER_RBX] = from->bx;
	registers[REGISTER_RSI] = from->si;
	registers[REGISTER_RDI] = from->di;
	registers[REGISTER_RBP] = from->bp;
	registers[REGISTER_RSP] = from->sp;
	registers[REGISTER_R8] = from->r8;
	registers[REGISTER_R9] = from->r9;
	registers[REGISTER_R10] = from->r10;
	registers[REGISTER_R11] = from->r11;
	registers[REGISTER_R12] = from->r12;
	registers[REGISTER_R13] = from->r13;
	registers[REGISTER_R14] = from->r14;
	registers[REGISTER_R15] = from->r15;
	registers[REGISTER_RIP] = from->ip;
}

#endif /* UPROF_CURRENT_H */
