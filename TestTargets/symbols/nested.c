/*
 * A function within a function, an extension of GNU C: mid is in outer, and leaf is inlined into
 * mid. As in chain.c, the comments mark the lines of the chain.
 */
volatile int chain_sink;

static inline __attribute__((always_inline)) void leaf(int number)
{
	chain_sink = number;
	__asm__ volatile(".globl chain_point\nchain_point: nop"); /* => leaf */
}

static __attribute__((noipa)) void call(void (*function)(int))
{
	function(1);
}

__attribute__((noinline)) void outer(int number)
{
	__attribute__((noinline)) void mid(int added)
	{
		leaf(number + added); /* => mid */
	}
	call(mid); /* => outer */
}

int main(int argc, char **argv)
{
	(void)argv;
	outer(argc);
	return 0;
}
