// SPDX-License-Identifier: Apache-2.0
/*
 * C++ exceptions all the time: nearly every stack that is sampled ends in the unwinder, below a
 * chain that is known.
 *
 *   throw [--depth N] [--milliseconds N] [--wait]
 *
 * The last line has the functions from `main` to the one that catches: {"program":…,"chain":[…]}.
 */
#include "target.h"

#include <ctime>

static long cpu_ns()
{
	timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return now.tv_sec * 1000000000L + now.tv_nsec;
}

struct Guard {
	volatile long *counter;
	~Guard()
	{
		*counter = *counter + 1;
	}
};

static volatile long unwound;

PROBED void throw_from(long depth)
{
	Guard guard{&unwound};

	if (depth > 1)
		throw_from(depth - 1);
	else
		throw depth;
}

PROBED void catch_all(long depth, long milliseconds)
{
	long end = cpu_ns() + milliseconds * 1000000;

	while (cpu_ns() < end) {
		try {
			throw_from(depth);
		} catch (long) {
		}
	}
	NO_TAIL_CALL();
}

int main(int argc, char **argv)
{
	long depth = number_option(argc, argv, "--depth", 8);

	handshake(argc, argv);
	catch_all(depth, number_option(argc, argv, "--milliseconds", 1000));
	announce("{\"program\":\"throw\",\"chain\":[\"main\",\"catch_all\"]}");
	return 0;
}
