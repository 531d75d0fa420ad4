// SPDX-License-Identifier: Apache-2.0
/*
 * A command to be started by the profiler (`-- cli-child …`): shows that arguments, standard
 * streams and the exit status pass through, and that probes are in before the first instruction.
 *
 *	cli-child [--status N] [--signal N] [--stderr TEXT] [--stdin] [--wait] [ARGUMENT…]
 *
 * Prints `argv[i]=…` lines, TEXT to stderr, copies stdin to stdout if `--stdin`, then its truth;
 * exits with N (0), or dies of the signal. Its constructor calls `early_call` three times, the one
 * of libearly.so `early_library_call` and malloc five times each, main `late_call` once.
 */
#include <signal.h>

#include "target.h"

extern long early_library_calls;
static long early_calls, late_calls;

PROBED void early_call(void)
{
	COUNT(early_calls);
}

PROBED void late_call(void)
{
	COUNT(late_calls);
}

__attribute__((constructor)) static void set_up(void)
{
	for (int i = 0; i < 3; i++)
		early_call();
}

static void copy_input(void)
{
	char block[4096];
	ssize_t length;

	while ((length = read(STDIN_FILENO, block, sizeof(block))) > 0)
		fwrite(block, 1, length, stdout);
}

int main(int argc, char **argv)
{
	const char *complaint = text_option(argc, argv, "--stderr", NULL);
	long death = number_option(argc, argv, "--signal", 0);

	handshake(argc, argv);
	late_call();
	for (int i = 0; i < argc; i++)
		printf("argv[%d]=%s\n", i, argv[i]);
	if (complaint)
		fprintf(stderr, "%s\n", complaint);
	if (flag_option(argc, argv, "--stdin"))
		copy_input();

	struct tally tallies[] = {
	    {"early_library_call", early_library_calls},
	    {"early_call", early_calls},
	    {"late_call", late_calls},
	};

	PRINT_TRUTH("cli-child", tallies);
	if (death) {
		signal(death, SIG_DFL);
		raise(death);
	}
	return number_option(argc, argv, "--status", 0);
}
