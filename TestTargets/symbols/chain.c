/*
 * One address whose functions and lines are known: `chain_point` is in leaf, inlined into mid,
 * inlined into outer. The comments `=> NAME` mark the lines of the chain, innermost first.
 *
 * With -DPART=1 or -DPART=2 it is one of two halves, for the optimization of linked programs.
 */
#ifndef PART
#define PART 0
#endif

#if PART
#define INLINED
void mid(int);
#else
#define INLINED static inline __attribute__((always_inline))
#endif

extern volatile int chain_sink;

#if PART != 2
INLINED void leaf(int number)
{
	chain_sink = number;
	__asm__ volatile(".globl chain_point\nchain_point: nop"); /* => leaf */
}

INLINED void mid(int number)
{
	chain_sink++;
	leaf(number + 1); /* => mid */
}
#endif

#ifdef DISCARDED
/* A function nobody calls and the linker removes, of more bytes than anything before the code. */
void discarded(int number)
{
	chain_sink = number;
	__asm__ volatile(".skip 0x8000, 0x90");
	chain_sink++;
}
#endif

#if PART != 1
__attribute__((noinline)) void outer(int number)
{
	chain_sink++;
	mid(number + 2); /* => outer */
	chain_sink++;
}
#endif
