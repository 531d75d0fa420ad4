// SPDX-License-Identifier: Apache-2.0
/*
 * Threads that end inside probed functions: shows that calls which never return neither leak nor
 * spoil the calls of a later thread with the same id or stack.
 *
 *	threads [--mode exit|cancel|detached|main] [--threads T] [--wait]
 *
 *  - exit: `exit_inside` ends its thread by pthread_exit.
 *  - cancel: `cancelled_inside` waits until its thread is cancelled.
 *  - detached: `detached_call` in threads nobody joins.
 *  - main: the main thread ends inside `main_exits_inside`, then a thread calls `outlive_call`.
 *
 * Each uses T threads (main: T calls), one after another, and each of those threads also calls
 * `thread_call`, which returns. Exits with 16.
 */
#include <pthread.h>
#include <semaphore.h>

#include "target.h"

static long threads, thread_calls, exits, cancels, detached_calls, main_exits, outlive_calls;
static pthread_t main_thread;
static sem_t reached;

PROBED void thread_call(void)
{
	COUNT(thread_calls);
}

PROBED void exit_inside(void)
{
	COUNT(exits);
	pthread_exit(NULL);
}

PROBED void cancelled_inside(void)
{
	COUNT(cancels);
	sem_post(&reached);
	for (;;)
		pause();
}

PROBED void detached_call(void)
{
	COUNT(detached_calls);
}

PROBED void main_exits_inside(void)
{
	COUNT(main_exits);
	pthread_exit(NULL);
}

PROBED void outlive_call(void)
{
	COUNT(outlive_calls);
}

static void *run_exit(void *unused)
{
	thread_call();
	exit_inside();
	return unused;
}

static void *run_cancelled(void *unused)
{
	thread_call();
	cancelled_inside();
	return unused;
}

static void *run_detached(void *unused)
{
	thread_call();
	detached_call();
	sem_post(&reached);
	return unused;
}

static void finish(void)
{
	struct tally tallies[] = {
	    {"thread_call", thread_calls},     {"exit_inside", exits},
	    {"cancelled_inside", cancels},     {"detached_call", detached_calls},
	    {"main_exits_inside", main_exits}, {"outlive_call", outlive_calls},
	};

	PRINT_TRUTH("threads", tallies);
	exit(16);
}

static void *run_after_main(void *unused)
{
	pthread_join(main_thread, NULL);
	for (long i = 0; i < threads; i++)
		outlive_call();
	finish();
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	threads = number_option(argc, argv, "--threads", 20);
	main_thread = pthread_self();
	sem_init(&reached, 0, 0);
	handshake(argc, argv);
	for (long i = 0; i < threads && mode_selected(argc, argv, "exit"); i++) {
		pthread_create(&thread, NULL, run_exit, NULL);
		pthread_join(thread, NULL);
	}
	for (long i = 0; i < threads && mode_selected(argc, argv, "cancel"); i++) {
		pthread_create(&thread, NULL, run_cancelled, NULL);
		sem_wait(&reached);
		pthread_cancel(thread);
		pthread_join(thread, NULL);
	}
	for (long i = 0; i < threads && mode_selected(argc, argv, "detached"); i++) {
		pthread_create(&thread, NULL, run_detached, NULL);
		pthread_detach(thread);
		sem_wait(&reached);
	}
	if (!mode_selected(argc, argv, "main"))
		finish();
	pthread_create(&thread, NULL, run_after_main, NULL);
	main_exits_inside();
}
