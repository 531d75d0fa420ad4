// SPDX-License-Identifier: Apache-2.0
/* Functions that only .debug_frame describes, as in Go programs. */
	.cfi_sections .debug_frame
	.text

.macro function name
	.p2align 5
	.globl \name
	.type \name, @function
\name:
	.cfi_startproc
.endm

.macro step
	.byte 0x0f, 0x1f, 0x40, 0x00 // nopl 0(%rax)
.endm

.macro finish name
	step
	.cfi_endproc
	.size \name, . - \name
.endm

function rule_debug
	step
	.cfi_def_cfa_offset 32
finish rule_debug

// Code that returns from signal handlers, with rules that are those of a function.
	.p2align 5
	.globl rule_debug_trampoline
	.type rule_debug_trampoline, @function
rule_debug_trampoline:
	.cfi_startproc
	mov $15, %eax
	syscall
	int3
	.cfi_endproc
	.size rule_debug_trampoline, . - rule_debug_trampoline

	.section .note.GNU-stack, "", @progbits
