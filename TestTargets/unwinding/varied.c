// SPDX-License-Identifier: Apache-2.0
/*
 * Hardly a stack is there twice: each fifth of a millisecond the calls go down another way, DEPTH
 * functions of two kinds, by the bits of a random number.
 *
 *   varied [--depth DEPTH] [--milliseconds N]
 *
 * The last line has no more than the name: {"program":"varied","calls":{}}.
 */
#include <stdint.h>
#include <time.h>

#include "target.h"

static volatile uint64_t sink;
static uint64_t state = 88172645463325252;

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return time.tv_sec * UINT64_C(1000000000) + time.tv_nsec;
}

static uint64_t next_random(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

NOIPA void varied_leaf(void)
{
	uint64_t start = now();

	do {
		for (int i = 0; i < 20000; i++)
			sink += i;
	} while (now() - start < 200000);
}

void right_step(long depth, uint64_t way);

/* Goes on to one of two functions; a new number every 32 calls. */
#define STEP(name)                                                                                 \
	NOIPA void name(long depth, uint64_t way)                                                  \
	{                                                                                          \
		if (depth % 32 == 0)                                                               \
			way = next_random();                                                       \
		if (depth == 0)                                                                    \
			varied_leaf();                                                             \
		else if (way & 1)                                                                  \
			left_step(depth - 1, way >> 1);                                            \
		else                                                                               \
			right_step(depth - 1, way >> 1);                                           \
		NO_TAIL_CALL();                                                                    \
	}

void left_step(long depth, uint64_t way);
STEP(left_step)
STEP(right_step)

int main(int argc, char **argv)
{
	long depth = number_option(argc, argv, "--depth", 200);
	uint64_t budget = number_option(argc, argv, "--milliseconds", 3000) * UINT64_C(1000000);
	uint64_t start = now();

	while (now() - start < budget)
		left_step(depth, next_random());
	printf("{\"program\": \"varied\", \"calls\": {}}\n");
	return 0;
}
