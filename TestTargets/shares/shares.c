// SPDX-License-Identifier: Apache-2.0
/*
 * Spends known shares of its time in three functions: 50, 30 and 20 %.
 *
 *	shares [--milliseconds N] [--wait]
 *
 * The last line has the nanoseconds of CPU time that each has measured: {"shares": {…}}.
 */
#include <stdint.h>
#include <time.h>

#include "target.h"

static volatile uint64_t sink;

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return time.tv_sec * UINT64_C(1000000000) + time.tv_nsec;
}

/* Far from the frequency of the samples: a share of some milliseconds each turn. */
#define SHARE(name, microseconds)                                                                  \
	NOIPA uint64_t name(void)                                                                  \
	{                                                                                          \
		uint64_t start = now(), spent;                                                     \
		do {                                                                               \
			for (int i = 0; i < 2000; i++)                                             \
				sink += i;                                                         \
			spent = now() - start;                                                     \
		} while (spent < (microseconds)*UINT64_C(1000));                                   \
		return spent;                                                                      \
	}

SHARE(half, 5000)
SHARE(third, 3000)
SHARE(fifth, 2000)

int main(int argc, char **argv)
{
	long budget = number_option(argc, argv, "--milliseconds", 3000) * 1000000;
	uint64_t of_half = 0, of_third = 0, of_fifth = 0;

	if (flag_option(argc, argv, "--wait")) {
		announce("ready");
		await_line();
	}
	while (of_half + of_third + of_fifth < (uint64_t)budget) {
		of_half += half();
		of_third += third();
		of_fifth += fifth();
	}
	printf("{\"program\": \"shares\", \"calls\": {}, \"shares\": {\"half\": %lu, "
	       "\"third\": %lu, \"fifth\": %lu}}\n",
	       of_half, of_third, of_fifth);
	return 0;
}
