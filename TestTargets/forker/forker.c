// SPDX-License-Identifier: Apache-2.0
/*
 * Makes processes inside probed functions: shows that parents and children live on and that the
 * calls of each are known.
 *
 *	forker [--mode fork|vfork|spawn|exec] [--calls N] [--children C] [--wait]
 *
 *  - fork: `fork_inside` forks; parent and child both return from it. The child calls
 *    `counted_call` N times and exits with 33.
 *  - vfork, spawn: `vfork_inside` and `spawn_inside` start this program anew, which calls
 *    `counted_call` N times and exits with 34.
 *  - exec: last of all, `exec_inside` replaces the program by itself, under the same pid; the new
 *    image calls `counted_call` N times more.
 *
 * Each of the first three runs C times. The process itself calls `counted_call` N times before all
 * that. `calls` are those of this pid, `child_calls` those of forked children, `spawned_calls`
 * those of programs started anew. Exits with 15, also after the exec.
 */
#define _GNU_SOURCE
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "target.h"

enum { FORKED_STATUS = 33, SPAWNED_STATUS = 34 };

/* In memory that forked children share, so that their calls are known here too. */
struct counters {
	long counted, forked, vforked, spawned, execed;
};

static struct counters *own, *children;
static char **spawned_arguments;

PROBED void counted_call(struct counters *counters)
{
	COUNT(counters->counted);
}

static void call_counted(struct counters *counters, long calls)
{
	for (long i = 0; i < calls; i++)
		counted_call(counters);
}

PROBED pid_t fork_inside(void)
{
	COUNT(own->forked);
	pid_t child = fork();

	NO_TAIL_CALL();
	return child;
}

PROBED pid_t vfork_inside(void)
{
	COUNT(own->vforked);
	pid_t child = vfork();

	if (!child) {
		execv("/proc/self/exe", spawned_arguments);
		_exit(127);
	}
	return child;
}

PROBED pid_t spawn_inside(void)
{
	pid_t child = -1;

	COUNT(own->spawned);
	posix_spawn(&child, "/proc/self/exe", NULL, NULL, spawned_arguments, environ);
	return child;
}

PROBED void exec_inside(char **arguments)
{
	COUNT(own->execed);
	execv("/proc/self/exe", arguments);
	NO_TAIL_CALL();
}

static bool ends_with(pid_t child, int expected)
{
	int status;

	return waitpid(child, &status, 0) == child && WIFEXITED(status) &&
	       WEXITSTATUS(status) == expected;
}

static bool run_fork(long calls)
{
	pid_t child = fork_inside();

	if (!child) {
		call_counted(children, calls);
		_exit(FORKED_STATUS);
	}
	return ends_with(child, FORKED_STATUS);
}

static void print_truth(long spawned_calls)
{
	struct tally own_tallies[] = {
	    {"counted_call", own->counted}, {"fork_inside", own->forked},
	    {"vfork_inside", own->vforked}, {"spawn_inside", own->spawned},
	    {"exec_inside", own->execed},
	};
	struct tally child_tallies[] = {{"counted_call", children->counted}};
	struct tally spawned_tallies[] = {{"counted_call", spawned_calls}};

	printf("{\"program\":\"forker\",");
	print_tallies("calls", own_tallies, TALLY_COUNT(own_tallies));
	printf(",");
	print_tallies("child_calls", child_tallies, TALLY_COUNT(child_tallies));
	printf(",");
	print_tallies("spawned_calls", spawned_tallies, TALLY_COUNT(spawned_tallies));
	announce("}");
}

/* Goes on as a new image with the counts so far in the arguments. */
static int run_exec(long calls, long spawned_calls)
{
	char counts[6][24];
	char *arguments[] = {"forker",	"--mode",  "after-exec", counts[0], counts[1],
			     counts[2], counts[3], counts[4],	 counts[5], NULL};

	snprintf(counts[0], sizeof(counts[0]), "%ld", calls);
	snprintf(counts[1], sizeof(counts[1]), "%ld", own->counted);
	snprintf(counts[2], sizeof(counts[2]), "%ld", own->forked);
	snprintf(counts[3], sizeof(counts[3]), "%ld", own->vforked);
	snprintf(counts[4], sizeof(counts[4]), "%ld", own->spawned);
	snprintf(counts[5], sizeof(counts[5]), "%ld:%ld", children->counted, spawned_calls);
	exec_inside(arguments);
	return 1;
}

static int run_after_exec(char **counts)
{
	char *rest;

	own->counted = atol(counts[1]);
	own->forked = atol(counts[2]);
	own->vforked = atol(counts[3]);
	own->spawned = atol(counts[4]);
	own->execed = 1;
	children->counted = strtol(counts[5], &rest, 10);
	call_counted(own, atol(counts[0]));
	print_truth(atol(rest + 1));
	return 15;
}

static bool run_vfork(long calls)
{
	(void)calls;
	return ends_with(vfork_inside(), SPAWNED_STATUS);
}

static bool run_spawn(long calls)
{
	(void)calls;
	return ends_with(spawn_inside(), SPAWNED_STATUS);
}

/* How often a mode ran: as often as asked, if it was picked; less if a child ended wrongly. */
static long run_times(bool selected, bool (*run)(long), long calls, long times)
{
	long done = 0;

	while (selected && done < times && run(calls))
		done++;
	return done;
}

static int run_all(int argc, char **argv, long calls)
{
	long count = number_option(argc, argv, "--children", 5);
	bool fork = mode_selected(argc, argv, "fork");
	bool vfork = mode_selected(argc, argv, "vfork");
	bool spawn = mode_selected(argc, argv, "spawn");

	handshake(argc, argv);
	call_counted(own, calls);

	long forked = run_times(fork, run_fork, calls, count);
	long started =
	    run_times(vfork, run_vfork, calls, count) + run_times(spawn, run_spawn, calls, count);
	bool right = forked == fork * count && started == (vfork + spawn) * count;

	if (right && mode_selected(argc, argv, "exec"))
		return run_exec(calls, started * calls);
	print_truth(started * calls);
	return right ? 15 : STATUS_WRONG_RESULT;
}

int main(int argc, char **argv)
{
	long calls = number_option(argc, argv, "--calls", 100);
	const char *mode = text_option(argc, argv, "--mode", "all");
	char text[24];
	char *arguments[] = {"forker", "--mode", "spawned", "--calls", text, NULL};

	own = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (own == MAP_FAILED)
		return 1;
	children = own + 1;
	spawned_arguments = arguments;
	snprintf(text, sizeof(text), "%ld", calls);

	if (!strcmp(mode, "spawned")) {
		call_counted(own, calls);
		return SPAWNED_STATUS;
	}
	if (!strcmp(mode, "after-exec") && argc >= 9)
		return run_after_exec(argv + 3);
	return run_all(argc, argv, calls);
}
