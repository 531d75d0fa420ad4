// SPDX-License-Identifier: Apache-2.0
/*
 * Calls an empty function in a tight loop and times itself: what a probe costs, for benchmarks.
 *
 *	empty-call [--function NAME] [--calls N] [--wait]
 *
 * NAME is one of those in empty-functions.S (`empty_push`), and one line on stdout has nanoseconds
 * per call. Exits with 0, or with 64 if the function is not known.
 */
#include <time.h>

#include "target.h"

#define EMPTY_FUNCTIONS(APPLY)                                                                     \
	APPLY(empty_push)                                                                          \
	APPLY(empty_nop)                                                                           \
	APPLY(empty_nop5)                                                                          \
	APPLY(empty_mov)                                                                           \
	APPLY(empty_endbr64)                                                                       \
	APPLY(empty_endbr64_push)                                                                  \
	APPLY(empty_test_jump)                                                                     \
	APPLY(refused_lock)

#define DECLARE(name) long name(long value);
#define ENTRY(name)   {#name, name},

EMPTY_FUNCTIONS(DECLARE)

static const struct {
	const char *name;
	long (*call)(long value);
} functions[] = {EMPTY_FUNCTIONS(ENTRY)};

static double seconds(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
	const char *name = text_option(argc, argv, "--function", "empty_push");
	long calls = number_option(argc, argv, "--calls", 1000000);
	long (*call)(long value) = NULL;

	for (size_t i = 0; i < TALLY_COUNT(functions); i++)
		if (!strcmp(functions[i].name, name))
			call = functions[i].call;
	if (!call) {
		fprintf(stderr, "empty-call: no function %s\n", name);
		return 64;
	}
	handshake(argc, argv);

	double start = seconds();

	for (long i = 0; i < calls; i++)
		call(i);

	double duration = seconds() - start;

	printf("{\"program\":\"empty-call\",\"calls\":{\"%s\":%ld},\"seconds\":%.6f,", name, calls,
	       duration);
	printf("\"ns_per_call\":%.2f", duration * 1e9 / calls);
	announce("}");
	return 0;
}
