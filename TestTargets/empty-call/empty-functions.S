// SPDX-License-Identifier: Apache-2.0
/*
 * Functions that do nothing, one for each first instruction that decides what a probe costs. The
 * kernel emulates `nop`, `push` and jumps; it single-steps the rest, which is slower by far.
 */
	.text

.macro FUNCTION name
	.p2align 4
	.globl \name
	.type \name, @function
\name:
	.cfi_startproc
.endm

.macro END name
	.cfi_endproc
	.size \name, . - \name
.endm

	FUNCTION empty_push
	push	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %rbp, 0
	mov	%rsp, %rbp
	pop	%rbp
	.cfi_adjust_cfa_offset -8
	.cfi_restore %rbp
	ret
	END empty_push

	FUNCTION empty_nop
	nop
	ret
	END empty_nop

	FUNCTION empty_nop5
	.byte	0x0f, 0x1f, 0x44, 0x00, 0x00
	ret
	END empty_nop5

	FUNCTION empty_mov
	mov	%edi, %eax
	ret
	END empty_mov

	FUNCTION empty_endbr64
	endbr64
	ret
	END empty_endbr64

/* What compilers write with -fcf-protection: a probe could move to the push. */
	FUNCTION empty_endbr64_push
	endbr64
	push	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %rbp, 0
	mov	%rsp, %rbp
	pop	%rbp
	.cfi_adjust_cfa_offset -8
	.cfi_restore %rbp
	ret
	END empty_endbr64_push

/* A probe could move to the jump, three instructions in. */
	FUNCTION empty_test_jump
	mov	%rdi, %rax
	test	%rax, %rax
	je	1f
	add	$1, %rax
1:	ret
	END empty_test_jump

/* Here the kernel refuses a probe: the first instruction has a lock prefix. */
	FUNCTION refused_lock
	lock incq	refused_lock_calls(%rip)
	ret
	END refused_lock

	.local refused_lock_calls
	.comm refused_lock_calls, 8, 8

	.section .note.GNU-stack, "", @progbits
