// SPDX-License-Identifier: Apache-2.0
/*
 * One small program, built in every way a program can be built (see the Makefile): shows that
 * functions are found and counted in each.
 *
 *	variant-KIND [--calls N] [--wait]
 *
 * `variant_outer` calls `variant_inner`, N times each; the one begins as its variant has it (push,
 * endbr64, sub), the other with an instruction relative to the program counter. Exits with 20.
 */
#include "target.h"

static long outer_calls, inner_calls;

PROBED void variant_inner(void)
{
	inner_calls++;
}

PROBED void variant_outer(void)
{
	outer_calls++;
	variant_inner();
	NO_TAIL_CALL();
}

int main(int argc, char **argv)
{
	long calls = number_option(argc, argv, "--calls", 1000);

	handshake(argc, argv);
	for (long i = 0; i < calls; i++)
		variant_outer();

	struct tally tallies[] = {{"variant_outer", outer_calls}, {"variant_inner", inner_calls}};

	PRINT_TRUTH("variant", tallies);
	return inner_calls == calls ? 20 : STATUS_WRONG_RESULT;
}
