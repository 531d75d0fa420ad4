// SPDX-License-Identifier: Apache-2.0
/*
 * What the test programs share: how a probed function is declared, options, the handshake with
 * the test that attaches, and the last line of output, in which a program tells its own truth.
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A function that is called as written: not inlined, cloned, merged with its twin or skipped. */
#if defined(__clang__)
#define NOIPA __attribute__((noinline))
#else
#define NOIPA __attribute__((noipa))
#endif

#ifdef __cplusplus
#define PROBED extern "C" NOIPA
#else
#define PROBED NOIPA
#endif

/* After a call, this keeps the call from becoming a jump, so that the caller stays on the stack. */
#define NO_TAIL_CALL() __asm__ volatile("" ::: "memory")

/*
 * Counts inside the probed function; safe in threads, signal handlers and shared memory. It is a
 * call, since the kernel refuses a probe on an instruction with a lock prefix, with which a small
 * function would begin otherwise.
 */
#define COUNT(counter)                                                                             \
	do {                                                                                       \
		add_one(&(counter));                                                               \
		NO_TAIL_CALL();                                                                    \
	} while (0)

__attribute__((unused)) static NOIPA void add_one(long *counter)
{
	__atomic_fetch_add(counter, 1, __ATOMIC_RELAXED);
}

/* What went wrong when a program sees that its own work had the wrong result. */
#define STATUS_WRONG_RESULT 99

static inline const char *text_option(int argc, char **argv, const char *name, const char *fallback)
{
	for (int i = 1; i + 1 < argc; i++)
		if (!strcmp(argv[i], name))
			return argv[i + 1];
	return fallback;
}

static inline long number_option(int argc, char **argv, const char *name, long fallback)
{
	const char *text = text_option(argc, argv, name, NULL);

	return text ? strtol(text, NULL, 10) : fallback;
}

static inline bool flag_option(int argc, char **argv, const char *name)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], name))
			return true;
	return false;
}

/* Whether the part called `name` runs: all do, unless `--mode` picks one. */
static inline bool mode_selected(int argc, char **argv, const char *name)
{
	const char *mode = text_option(argc, argv, "--mode", "all");

	return !strcmp(mode, "all") || !strcmp(mode, name);
}

/* Reads one line of stdin, byte by byte so that nothing behind it is lost; its end will do too. */
static inline void await_line(void)
{
	char byte;

	while (read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n')
		;
}

/* Prints a line that a test waits for, at once. */
static inline void announce(const char *line)
{
	puts(line);
	fflush(stdout);
}

/* With `--wait`: says `ready PID`, then holds until a line arrives, so that a test can attach. */
static inline void handshake(int argc, char **argv)
{
	if (!flag_option(argc, argv, "--wait"))
		return;
	printf("ready %d\n", (int)getpid());
	fflush(stdout);
	await_line();
}

struct tally {
	const char *function;
	long calls;
};

static inline void print_tallies(const char *key, const struct tally *tallies, size_t count)
{
	printf("\"%s\":{", key);
	for (size_t i = 0; i < count; i++)
		printf("%s\"%s\":%ld", i ? "," : "", tallies[i].function, tallies[i].calls);
	printf("}");
}

#define TALLY_COUNT(tallies) (sizeof(tallies) / sizeof((tallies)[0]))

/* The usual last line: {"program":…,"calls":{function:calls,…}}. */
#define PRINT_TRUTH(program, tallies)                                                              \
	do {                                                                                       \
		printf("{\"program\":\"%s\",", program);                                           \
		print_tallies("calls", tallies, TALLY_COUNT(tallies));                             \
		announce("}");                                                                     \
	} while (0)
