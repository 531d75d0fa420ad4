/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* To what a signal has interrupted. */
#ifndef UPROF_UNWIND_SIGNAL_H
#define UPROF_UNWIND_SIGNAL_H

#include "unwind_state.bpf.h"

/* Offset of the registers in the ucontext_t at the stack pointer of a signal's trampoline. */
#define UPROF_CONTEXT_REGISTERS 40

/* Registers as the kernel saves them for a signal handler (struct sigcontext_64). */
struct signal_registers {
	__u64 r8, r9, r10, r11, r12, r13, r14, r15;
	__u64 rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip;
};

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

#endif /* UPROF_UNWIND_SIGNAL_H */
