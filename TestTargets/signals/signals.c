// SPDX-License-Identifier: Apache-2.0
/*
 * Signals that arrive inside a probed function, with handlers that call probed functions: shows
 * that the interrupted call keeps its entry, whichever stack the handler runs on.
 *
 *	signals [--calls N] [--alternate low|high] [--wait]
 *
 * A timer fires each millisecond while `interrupted_call` spins for three; the handler calls
 * `handler_call`, which calls `handler_inner`. With `--alternate` the handler runs on a stack
 * of its own: `low` lies below the interrupted one, `high` above it, within the frame of main, so
 * that comparing stack pointers goes wrong both ways. The kernel compares them too: with a return
 * probe on `interrupted_call` and one on a function of the handler, `high` dies of SIGILL whatever
 * the profiler (seen with 6.18). Exits with 17.
 */
#include <signal.h>
#include <sys/time.h>
#include <time.h>

#include "target.h"

enum { ALTERNATE_SIZE = 128 * 1024 };

static long interrupted_calls, handler_calls, handler_inners;
static char low_stack[ALTERNATE_SIZE];

static long now_us(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

PROBED void handler_inner(void)
{
	COUNT(handler_inners);
}

PROBED void handler_call(void)
{
	COUNT(handler_calls);
	handler_inner();
	NO_TAIL_CALL();
}

static void handle_alarm(int signal)
{
	(void)signal;
	handler_call();
}

PROBED void interrupted_call(void)
{
	long end = now_us() + 3000;

	COUNT(interrupted_calls);
	while (now_us() < end)
		;
	NO_TAIL_CALL();
}

static void start_timer(long microseconds)
{
	struct itimerval timer = {{0, microseconds}, {0, microseconds}};

	setitimer(ITIMER_REAL, &timer, NULL);
}

int main(int argc, char **argv)
{
	long calls = number_option(argc, argv, "--calls", 100);
	const char *alternate = text_option(argc, argv, "--alternate", NULL);
	char high_stack[ALTERNATE_SIZE];
	struct sigaction action = {.sa_handler = handle_alarm, .sa_flags = SA_RESTART};

	if (alternate) {
		stack_t stack = {.ss_size = ALTERNATE_SIZE};

		stack.ss_sp = strcmp(alternate, "high") ? low_stack : high_stack;
		action.sa_flags |= SA_ONSTACK;
		sigaltstack(&stack, NULL);
	}
	handshake(argc, argv);
	sigaction(SIGALRM, &action, NULL);
	start_timer(1000);
	for (long i = 0; i < calls; i++)
		interrupted_call();
	start_timer(0);

	struct tally tallies[] = {
	    {"interrupted_call", interrupted_calls},
	    {"handler_call", handler_calls},
	    {"handler_inner", handler_inners},
	};

	PRINT_TRUTH("signals", tallies);
	return handler_calls > 0 && handler_inners == handler_calls ? 17 : STATUS_WRONG_RESULT;
}
