// SPDX-License-Identifier: Apache-2.0
/*
 * Reaches `stack_leaf` by known call chains, in known numbers: shows that stacks are right.
 *
 *	stacks [--through-b N] [--through-c M] [--wait]
 *
 * main → stack_a → stack_b → stack_leaf N times and main → stack_a → stack_c → stack_leaf M times.
 * The last line has the same as folded stacks. Exits with 21.
 */
#include "target.h"

static long a_calls, b_calls, c_calls, leaf_calls;

PROBED void stack_leaf(void)
{
	COUNT(leaf_calls);
}

PROBED void stack_b(void)
{
	COUNT(b_calls);
	stack_leaf();
	NO_TAIL_CALL();
}

PROBED void stack_c(void)
{
	COUNT(c_calls);
	stack_leaf();
	NO_TAIL_CALL();
}

PROBED void stack_a(bool through_b)
{
	COUNT(a_calls);
	if (through_b)
		stack_b();
	else
		stack_c();
	NO_TAIL_CALL();
}

int main(int argc, char **argv)
{
	long through_b = number_option(argc, argv, "--through-b", 300);
	long through_c = number_option(argc, argv, "--through-c", 100);

	handshake(argc, argv);
	for (long i = 0; i < through_b; i++)
		stack_a(true);
	for (long i = 0; i < through_c; i++)
		stack_a(false);

	struct tally calls[] = {
	    {"stack_a", a_calls},
	    {"stack_b", b_calls},
	    {"stack_c", c_calls},
	    {"stack_leaf", leaf_calls},
	};
	struct tally stacks[] = {
	    {"main;stack_a;stack_b;stack_leaf", through_b},
	    {"main;stack_a;stack_c;stack_leaf", through_c},
	};

	printf("{\"program\":\"stacks\",");
	print_tallies("calls", calls, TALLY_COUNT(calls));
	printf(",");
	print_tallies("stacks", stacks, TALLY_COUNT(stacks));
	announce("}");
	return leaf_calls == through_b + through_c ? 21 : STATUS_WRONG_RESULT;
}
