// SPDX-License-Identifier: Apache-2.0
/*
 * Links libshared.so and calls `shared_call` N times. Two of them run at once: shows that a probe
 * in a shared file counts only in the process that was asked for.
 *
 *	shared-user [--calls N] [--wait]
 *
 * Exits with 19.
 */
#include "target.h"

long shared_call(void);

int main(int argc, char **argv)
{
	long calls = number_option(argc, argv, "--calls", 1000);
	long counted = 0;

	handshake(argc, argv);
	for (long i = 0; i < calls; i++)
		counted = shared_call();

	struct tally tallies[] = {{"shared_call", counted}};

	PRINT_TRUTH("shared-user", tallies);
	return counted == calls ? 19 : STATUS_WRONG_RESULT;
}
