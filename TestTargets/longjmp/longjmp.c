// SPDX-License-Identifier: Apache-2.0
/*
 * Leaves probed frames without returning from them: shows that entries left behind are dropped
 * and that the calls around them keep their own latency.
 *
 *	longjmp [--calls N] [--depth D] [--wait]
 *
 * Each of N rounds, all inside `round_trip`, which does return: `leave_by_longjmp` calls itself to
 * D frames and jumps out of all of them; `leave_by_signal` is left by a siglongjmp in the handler
 * of a signal, `handler_call`; `return_normally` returns. Exits with 13.
 */
#include <setjmp.h>
#include <signal.h>

#include "target.h"

static long rounds, left_by_longjmp, left_by_signal, handled, returned;
static jmp_buf landing;
static sigjmp_buf signal_landing;

/* It never returns, which is the point. */
#pragma GCC diagnostic ignored "-Winfinite-recursion"

PROBED void leave_by_longjmp(long depth)
{
	COUNT(left_by_longjmp);
	if (depth <= 1)
		longjmp(landing, 1);
	leave_by_longjmp(depth - 1);
	NO_TAIL_CALL();
}

PROBED void handler_call(int signal)
{
	(void)signal;
	COUNT(handled);
	siglongjmp(signal_landing, 1);
}

PROBED void leave_by_signal(void)
{
	COUNT(left_by_signal);
	raise(SIGUSR1);
	NO_TAIL_CALL();
}

PROBED void return_normally(void)
{
	COUNT(returned);
}

PROBED void round_trip(long depth)
{
	COUNT(rounds);
	if (!setjmp(landing))
		leave_by_longjmp(depth);
	return_normally();
	if (!sigsetjmp(signal_landing, 1))
		leave_by_signal();
	return_normally();
	NO_TAIL_CALL();
}

int main(int argc, char **argv)
{
	long calls = number_option(argc, argv, "--calls", 1000);
	long depth = number_option(argc, argv, "--depth", 3);

	signal(SIGUSR1, handler_call);
	handshake(argc, argv);
	for (long i = 0; i < calls; i++)
		round_trip(depth);

	struct tally tallies[] = {
	    {"round_trip", rounds},
	    {"leave_by_longjmp", left_by_longjmp},
	    {"leave_by_signal", left_by_signal},
	    {"handler_call", handled},
	    {"return_normally", returned},
	};

	PRINT_TRUTH("longjmp", tallies);
	return handled == calls && returned == 2 * calls ? 13 : STATUS_WRONG_RESULT;
}
