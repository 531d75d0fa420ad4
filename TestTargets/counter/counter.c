// SPDX-License-Identifier: Apache-2.0
/*
 * Calls `counted_call` exactly N times, split over T threads: shows that no call is lost.
 *
 *	counter [--calls N] [--threads T] [--batches B] [--pause-ms P] [--gap-us G] [--wait]
 *
 * The threads start in B batches, P milliseconds apart, so that some are born after the attach;
 * with G each call is followed by a sleep, which makes a program that lasts. Exits with 10.
 */
#include <pthread.h>

#include "target.h"

static long calls, gap;

PROBED void counted_call(long value)
{
	COUNT(calls);
	__asm__ volatile("" ::"r"(value));
}

static void *call_share(void *share)
{
	for (long i = 0; i < (long)share; i++) {
		counted_call(i);
		if (gap)
			usleep(gap);
	}
	return NULL;
}

/* The i-th of n nearly equal parts of a total. */
static long share_of(long total, long i, long n)
{
	return total / n + (i < total % n);
}

int main(int argc, char **argv)
{
	long total = number_option(argc, argv, "--calls", 1000);
	long threads = number_option(argc, argv, "--threads", 1);
	long batches = number_option(argc, argv, "--batches", 1);
	long pause = number_option(argc, argv, "--pause-ms", 0);

	gap = number_option(argc, argv, "--gap-us", 0);
	handshake(argc, argv);

	if (threads == 1)
		call_share((void *)total);
	for (long batch = 0, next = 0; threads > 1 && batch < batches; batch++) {
		long size = share_of(threads, batch, batches);
		pthread_t ids[size ? size : 1];

		for (long i = 0; i < size; i++, next++)
			pthread_create(&ids[i], NULL, call_share,
				       (void *)share_of(total, next, threads));
		for (long i = 0; i < size; i++)
			pthread_join(ids[i], NULL);
		if (batch + 1 < batches)
			usleep(pause * 1000);
	}

	struct tally tallies[] = {{"counted_call", calls}};

	PRINT_TRUTH("counter", tallies);
	return calls == total ? 10 : STATUS_WRONG_RESULT;
}
