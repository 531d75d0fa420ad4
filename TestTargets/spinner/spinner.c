// SPDX-License-Identifier: Apache-2.0
/*
 * Spins known times in `spin_for` and records each itself: shows that percentiles are right.
 *
 *	spinner [--calls N] [--seed S] [--wait]
 *
 * 90 % of the calls take 100 us, 9 % 1 ms and 1 % 5 ms, in an order shuffled by the seed. The last
 * line has every duration measured inside the function, in order, their percentiles by nearest
 *rank, and how often the program was preempted meanwhile. Exits with 11.
 */
#include <stdint.h>
#include <sys/resource.h>
#include <time.h>

#include "target.h"

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * UINT64_C(1000000000) + time.tv_nsec;
}

PROBED void spin_for(uint64_t nanoseconds, uint64_t *duration)
{
	uint64_t start = now();

	while ((*duration = now() - start) < nanoseconds)
		;
}

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void plan(uint64_t *durations, long calls, uint64_t seed)
{
	uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) | 1;

	for (long i = 0; i < calls; i++) {
		long hundredth = i * 100 / calls;

		durations[i] = hundredth < 90 ? 100000 : hundredth < 99 ? 1000000 : 5000000;
	}
	for (long i = calls - 1; i > 0; i--) {
		long j = next_random(&state) % (i + 1);
		uint64_t swapped = durations[i];

		durations[i] = durations[j];
		durations[j] = swapped;
	}
}

static int ascending(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

/* Nearest rank: the smallest duration that at least this many thousandths do not exceed. */
static uint64_t percentile(const uint64_t *sorted, long calls, long thousandths)
{
	return sorted[(calls * thousandths + 999) / 1000 - 1];
}

/* How often something else has run instead. */
static long preemptions(void)
{
	struct rusage usage;

	return getrusage(RUSAGE_SELF, &usage) ? 0 : usage.ru_nivcsw;
}

static void print_durations(uint64_t *durations, long calls, long preempted)
{
	uint64_t total = 0;

	printf("{\"program\":\"spinner\",\"calls\":{\"spin_for\":%ld},\"preemptions\":%ld,"
	       "\"durations_ns\":[",
	       calls, preempted);
	for (long i = 0; i < calls; i++) {
		printf("%s%lu", i ? "," : "", durations[i]);
		total += durations[i];
	}
	qsort(durations, calls, sizeof(*durations), ascending);
	printf("],\"total_ns\":%lu,\"min_ns\":%lu,\"p50_ns\":%lu,\"p90_ns\":%lu,\"p99_ns\":%lu,"
	       "\"p999_ns\":%lu,\"max_ns\":%lu",
	       total, durations[0], percentile(durations, calls, 500),
	       percentile(durations, calls, 900), percentile(durations, calls, 990),
	       percentile(durations, calls, 999), durations[calls - 1]);
	announce("}");
}

int main(int argc, char **argv)
{
	long calls = number_option(argc, argv, "--calls", 1000);
	uint64_t *durations = calloc(calls > 0 ? calls : 1, sizeof(*durations));
	long preempted;

	if (!durations || calls < 1)
		return 1;
	plan(durations, calls, number_option(argc, argv, "--seed", 1));
	handshake(argc, argv);
	preempted = preemptions();
	for (long i = 0; i < calls; i++)
		spin_for(durations[i], &durations[i]);
	print_durations(durations, calls, preemptions() - preempted);
	free(durations);
	return 11;
}
