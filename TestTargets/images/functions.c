// One of each kind of symbol a symbol table has.
#include <setjmp.h>
#include <stdio.h>

int counter = 7;
static int table[4] = {1, 2, 3, 4};
_Thread_local int per_thread;

__attribute__((noinline)) static int local_function(int x)
{
	return x * 3 + table[x & 3];
}

__attribute__((noinline)) int global_function(int x)
{
	return local_function(x) + counter;
}

// Two more names of one address.
int weak_alias(int x) __attribute__((weak, alias("global_function")));
int __internal_alias(int x) __attribute__((alias("global_function")));

static int chosen_one(int x)
{
	return x + 1;
}

static int (*resolve_indirect(void))(int)
{
	return chosen_one;
}

int indirect_function(int x) __attribute__((ifunc("resolve_indirect")));

// A function without a size, one without a type, a label in a third, and a gap before the next.
__asm__(".text\n"
	".p2align 4\n"
	".globl unsized_function\n"
	".type unsized_function, @function\n"
	"unsized_function:\n"
	"	nop\n"
	"	nop\n"
	"	ret\n"
	".p2align 4\n"
	".globl untyped_function\n"
	"untyped_function:\n"
	"	nop\n"
	"	ret\n"
	".size untyped_function, .-untyped_function\n"
	".p2align 4\n"
	".globl labelled_function\n"
	".type labelled_function, @function\n"
	"labelled_function:\n"
	"	nop\n"
	"inner_label:\n"
	"	ret\n"
	".size labelled_function, .-labelled_function\n"
	".p2align 6\n"
	".globl after_gap\n"
	".type after_gap, @function\n"
	"after_gap:\n"
	"	ret\n"
	".size after_gap, .-after_gap\n"
	".set absolute_number, 4242\n"
	".globl absolute_number\n");

int main(int argc, char **argv)
{
	(void)argv;
	per_thread = argc;
	printf("%d %d\n", global_function(argc), indirect_function(per_thread));
	return 0;
}
