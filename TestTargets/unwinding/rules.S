// SPDX-License-Identifier: Apache-2.0
/*
 * A function for each kind of unwind rule. Nobody runs them: each has four-byte instructions, so
 * that row N of a function is at its start plus 4 * N.
 */
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

function rule_pushes
	step
	.cfi_def_cfa_offset 16
	.cfi_offset rbp, -16
	step
	.cfi_def_cfa_register rbp
	step
	.cfi_remember_state
	.cfi_def_cfa rsp, 8
	.cfi_restore rbp
	step
	.cfi_restore_state
finish rule_pushes

function rule_sizes
	.cfi_adjust_cfa_offset 0x12340
	step
	.cfi_escape 0x2e, 0x10 // DW_CFA_GNU_args_size: not part of a rule
	.cfi_adjust_cfa_offset 8
	step
	.cfi_escape 0x12, 0x07, 0x7e // DW_CFA_def_cfa_sf: rsp, -2 * -8
	step
	.cfi_escape 0x13, 0x7d // DW_CFA_def_cfa_offset_sf: -3 * -8
	step
	.cfi_escape 0x11, 0x06, 0x05 // DW_CFA_offset_extended_sf: rbp, 5 * -8
	step
	.cfi_escape 0x05, 0x06, 0x07 // DW_CFA_offset_extended: rbp, 7 * -8
	step
	.cfi_escape 0x06, 0x06 // DW_CFA_restore_extended: rbp
finish rule_sizes

function rule_registers
	.cfi_def_cfa r10, 0
	step
	.cfi_def_cfa_register rbx
	step
	.cfi_register rip, rdi
	step
	.cfi_undefined rbp
	step
	.cfi_same_value rbp
	step
	.cfi_register rbp, r9
finish rule_registers

function rule_end
	step
	.cfi_undefined rip
finish rule_end

function rule_expressions
	.cfi_escape 0x0f, 0x03, 0x76, 0x58, 0x06 // CFA: breg6 -40; deref
	.cfi_escape 0x10, 0x06, 0x02, 0x76, 0x00 // rbp: breg6 0
	step
	.cfi_escape 0x0f, 0x05, 0x77, 0x08, 0x06, 0x23, 0x10 // breg7 8; deref; plus_uconst 16
	step
	.cfi_escape 0x0f, 0x05, 0x77, 0x08, 0x06, 0x38, 0x22 // breg7 8; deref; lit8; plus
	step
	.cfi_escape 0x0f, 0x02, 0x77, 0x18 // breg7 24
	step
	.cfi_escape 0x0f, 0x04, 0x92, 0x07, 0x28, 0x96 // bregx 7, 40; nop: nothing known
	step
	.cfi_escape 0x0f, 0x03, 0x92, 0x07, 0x28 // bregx 7, 40
finish rule_expressions

function rule_linkage
	// breg7 8; breg16 0; lit15; and; lit11; ge; lit3; shl; plus
	.cfi_escape 0x0f, 0x0b, 0x77, 0x08, 0x80, 0x00, 0x3f, 0x1a, 0x3b, 0x2a, 0x33, 0x24, 0x22
	step
	// the same with lit10
	.cfi_escape 0x0f, 0x0b, 0x77, 0x08, 0x80, 0x00, 0x3f, 0x1a, 0x3a, 0x2a, 0x33, 0x24, 0x22
	step
	// the same with const1u 9
	.cfi_escape 0x0f, 0x0c, 0x77, 0x08, 0x80, 0x00, 0x3f, 0x1a, 0x08, 0x09, 0x2a, 0x33, 0x24, 0x22
	step
	// a shift by 4: not what a stub pushes
	.cfi_escape 0x0f, 0x0b, 0x77, 0x08, 0x80, 0x00, 0x3f, 0x1a, 0x3b, 0x2a, 0x34, 0x24, 0x22
finish rule_linkage

function rule_unsupported
	.cfi_offset rsp, -24
	step
	.cfi_restore rsp
	.cfi_escape 0x10, 0x10, 0x02, 0x77, 0x08 // rip: breg7 8
	step
	.cfi_restore rip
	.cfi_escape 0x0c, 0x11, 0x08 // CFA: xmm0 + 8
	step
	.cfi_escape 0x0c, 0x07, 0x80, 0x80, 0x80, 0x80, 0x10 // CFA: rsp + 2^32
	step
	.cfi_def_cfa rsp, 8
	.cfi_escape 0x14, 0x06, 0x02 // DW_CFA_val_offset: rbp
	step
	.cfi_escape 0x16, 0x06, 0x02, 0x77, 0x08 // DW_CFA_val_expression: rbp
	step
	.cfi_escape 0x10, 0x06, 0x03, 0x77, 0x08, 0x06 // rbp: breg7 8; deref
finish rule_unsupported

function rule_signal
	.cfi_signal_frame
	.cfi_escape 0x0f, 0x04, 0x77, 0xa0, 0x01, 0x06 // CFA: breg7 160; deref
	.cfi_escape 0x10, 0x06, 0x03, 0x77, 0xf8, 0x00 // rbp: breg7 120
	.cfi_escape 0x10, 0x10, 0x03, 0x77, 0xa8, 0x01 // rip: breg7 168
finish rule_signal

// A signal frame by its augmentation only: its rules are followed as they are.
function rule_other_signal
	.cfi_signal_frame
	.cfi_def_cfa_offset 24
finish rule_other_signal

// Code that returns from signal handlers, in a gap: nothing describes it.
	.p2align 5
	.skip 40, 0x90
	.globl rule_trampoline
	.type rule_trampoline, @function
rule_trampoline:
	mov $15, %rax
	syscall
	.size rule_trampoline, . - rule_trampoline
	.skip 40, 0x90

	.section .note.GNU-stack, "", @progbits
