/*
 * Functions whose symbols say little, or too much: names of one address, sizes that end early,
 * none at all, and a resolver. Offsets from _start are in the names: `at_40` is at _start + 0x40.
 */
	.text
	.balign 0x100
	.globl _start
	.type _start, @function
_start:
	ret
	.size _start, 1

	/* 0x40: a weak alias, a local and a global name; the global one wins. */
	.balign 0x40
	.weak at_40_weak
	.type at_40_weak, @function
at_40_weak:
	.type at_40_local, @function
at_40_local:
	.globl at_40
	.type at_40, @function
at_40:
	.zero 0x10, 0x90
	.size at_40, 0x10
	.size at_40_weak, 0x10
	.size at_40_local, 0x10
	/* 0x50 to 0x80: a gap that is nobody's. */

	/* 0x80: two names, of which one has a size. */
	.balign 0x80
	.globl at_80_sizeless
	.type at_80_sizeless, @function
at_80_sizeless:
	.globl at_80_sized
	.type at_80_sized, @function
at_80_sized:
	.zero 0x20, 0x90
	.size at_80_sized, 0x20

	/* 0xc0: no size: up to the next symbol. */
	.balign 0x40
	.globl at_c0_sizeless
	.type at_c0_sizeless, @function
at_c0_sizeless:
	.zero 0x40, 0x90

	/* 0x100: the resolver of an indirect function, which has its name. */
	.globl at_100_indirect
	.type at_100_indirect, @gnu_indirect_function
at_100_indirect:
	lea _start(%rip), %rax
	ret
	.size at_100_indirect, 0x10
	.zero 0x8, 0x90

	/* 0x140: a function with a label inside, which is not a function. */
	.balign 0x40
	.globl at_140
	.type at_140, @function
at_140:
	.zero 0x8, 0x90
label_148:
	.zero 0x18, 0x90
	.size at_140, 0x20

	/* 0x180: a function with another inside: the inner one, then the outer one again. */
	.balign 0x40
	.globl at_180_outer
	.type at_180_outer, @function
at_180_outer:
	.zero 0x10, 0x90
	.globl at_190_inner
	.type at_190_inner, @function
at_190_inner:
	.zero 0x10, 0x90
	.size at_190_inner, 0x10
	.zero 0x10, 0x90
	.size at_180_outer, 0x30

	.balign 0x40
	/* 0x1c0: untyped, as old assembly is; a version in its name. */
	.globl at_1c0_untyped
at_1c0_untyped:
	.zero 0x10, 0x90
	.section .note.GNU-stack, "", @progbits
