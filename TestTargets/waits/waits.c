// SPDX-License-Identifier: Apache-2.0
/*
 * Waits known times in three functions: for a time, for a lock and for a pipe.
 *
 *	waits [--wait]
 *
 * The last line has the nanoseconds that each function has measured itself: {"waits": {…}}.
 */
#include <pthread.h>
#include <stdint.h>
#include <time.h>

#include "target.h"

#define ROUNDS 8

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int ends[2];
static uint64_t slept, locked, piped;

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * UINT64_C(1000000000) + time.tv_nsec;
}

static void pause_for(long milliseconds)
{
	struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};

	nanosleep(&time, NULL);
}

NOIPA void wait_for_time(void)
{
	uint64_t start = now();

	pause_for(50);
	slept += now() - start;
}

NOIPA void wait_for_lock(void)
{
	uint64_t start = now();

	pthread_mutex_lock(&lock);
	locked += now() - start;
	pthread_mutex_unlock(&lock);
}

NOIPA void wait_for_pipe(void)
{
	uint64_t start = now();
	char byte;

	if (read(ends[0], &byte, 1) != 1)
		exit(STATUS_WRONG_RESULT);
	piped += now() - start;
}

static void *keep_waiting(void *unused)
{
	(void)unused;
	for (int i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(&lock);
		if (write(ends[1], "l", 1) != 1)
			exit(STATUS_WRONG_RESULT);
		pause_for(60);
		pthread_mutex_unlock(&lock);
		pause_for(100);
		if (write(ends[1], "p", 1) != 1)
			exit(STATUS_WRONG_RESULT);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t other;
	char byte;

	if (flag_option(argc, argv, "--wait")) {
		announce("ready");
		await_line();
	}
	if (pipe(ends))
		return STATUS_WRONG_RESULT;
	for (int i = 0; i < ROUNDS; i++)
		wait_for_time();
	pthread_create(&other, NULL, keep_waiting, NULL);
	for (int i = 0; i < ROUNDS; i++) {
		/* Told that the lock is taken. */
		if (read(ends[0], &byte, 1) != 1)
			return STATUS_WRONG_RESULT;
		wait_for_lock();
		wait_for_pipe();
	}
	pthread_join(other, NULL);
	printf("{\"program\": \"waits\", \"calls\": {}, \"waits\": {\"wait_for_time\": %lu, "
	       "\"wait_for_lock\": %lu, \"wait_for_pipe\": %lu}}\n",
	       slept, locked, piped);
	return 0;
}
