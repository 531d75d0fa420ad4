// SPDX-License-Identifier: Apache-2.0
/*
 * A chain of calls that is known, and a leaf that takes all the time: every stack that is sampled
 * in `burn` is the whole chain. Built without frame pointers.
 *
 *   chain [--mode MODE] [--depth N] [--milliseconds N] [--wait]
 *
 * MODE is what the N functions between `main` and the leaf are like, or what the leaf is called by:
 *   plain     small frames of several sizes
 *   large     frames of 2 KiB; built with another LARGE_FRAME, the same code with other frames
 *   variable  variable-length arrays: the frames are relative to rbp
 *   realigned frames aligned to 64 bytes, with a variable-length array: rbp, r10 and expressions
 *   signal    a handler, of a signal that the first instruction of `trap_first` raises
 *   alternate the same on another stack, at a lower or higher address as the system has it
 *   thread    a thread
 *   vfork     a child that still has its parent's memory
 *   vdso      no leaf: clock_gettime all the time
 *   linkage   no leaf: a function of a library, through the procedure linkage table all the time
 *
 * The last line has the functions from `main` to the leaf: {"program":…,"chain":[…]}.
 */
#define _GNU_SOURCE
#include "target.h"

#include <alloca.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>

#define STEP_KINDS 3
#ifndef LARGE_FRAME
#define LARGE_FRAME 2000
#endif

long linked_leaf(long);

static long budget_ns = 1000000000;
static volatile long sink;
static const char *mode = "plain";

static long cpu_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return now.tv_sec * 1000000000L + now.tv_nsec;
}

/* The leaf: about a millisecond, without a call. */
NOIPA void burn(void)
{
	unsigned long value = 88172645463325252UL;

	for (int i = 0; i < 1000000; i++) {
		value ^= value << 13;
		value ^= value >> 7;
		value ^= value << 17;
	}
	sink += (long)value;
}

NOIPA void burn_all(void)
{
	long end = cpu_ns() + budget_ns;

	while (cpu_ns() < end)
		for (int i = 0; i < 20; i++)
			burn();
	NO_TAIL_CALL();
}

NOIPA void read_clock(void)
{
	struct timespec now;
	long end = cpu_ns() + budget_ns;

	while (cpu_ns() < end)
		for (int i = 0; i < 1000000; i++) {
			clock_gettime(CLOCK_MONOTONIC, &now);
			sink += now.tv_nsec;
		}
}

NOIPA void call_library(void)
{
	long end = cpu_ns() + budget_ns;

	while (cpu_ns() < end)
		for (int i = 0; i < 10000000; i++)
			sink += linked_leaf(i);
}

static void on_trap(int number, siginfo_t *info, void *context)
{
	ucontext_t *interrupted = context;

	(void)number;
	(void)info;
	burn_all();
	/* Behind the ud2, which raised the signal. */
	interrupted->uc_mcontext.gregs[REG_RIP] += 2;
}

/* Its first instruction raises the signal: what is before it belongs to no or another function. */
void trap_first(void);
__asm__(".text\n"
	".p2align 4\n"
	".globl trap_first\n"
	".type trap_first, @function\n"
	"trap_first:\n"
	"	.cfi_startproc\n"
	"	ud2\n"
	"	ret\n"
	"	.cfi_endproc\n"
	".size trap_first, . - trap_first\n");

NOIPA void raise_trap(void)
{
	static char stack[256 << 10];
	stack_t alternate = {.ss_sp = stack, .ss_size = sizeof(stack)};
	struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO};

	if (!strcmp(mode, "alternate")) {
		action.sa_flags |= SA_ONSTACK;
		sigaltstack(&alternate, NULL);
	}
	sigaction(SIGILL, &action, NULL);
	trap_first();
	NO_TAIL_CALL();
}

NOIPA void burn_in_child(void)
{
	pid_t child = vfork();

	if (!child) {
		burn_all();
		_exit(0);
	}
	waitpid(child, NULL, 0);
}

NOIPA void reach_leaf(void)
{
	if (!strcmp(mode, "vdso"))
		read_clock();
	else if (!strcmp(mode, "linkage"))
		call_library();
	else if (!strcmp(mode, "signal") || !strcmp(mode, "alternate"))
		raise_trap();
	else if (!strcmp(mode, "vfork"))
		burn_in_child();
	else
		burn_all();
	NO_TAIL_CALL();
}

/* Three functions that call each other in turn, `depth` calls in all, for each kind of frame. */
#define STEP(name, next, locals, use)                                                              \
	NOIPA void name(long depth)                                                                \
	{                                                                                          \
		locals;                                                                            \
		use;                                                                               \
		if (depth > 1)                                                                     \
			next(depth - 1);                                                           \
		else                                                                               \
			reach_leaf();                                                              \
		use;                                                                               \
	}

#define STEPS(kind, locals_a, locals_b, locals_c, use)                                             \
	void kind##_a(long depth);                                                                 \
	void kind##_b(long depth);                                                                 \
	void kind##_c(long depth);                                                                 \
	STEP(kind##_a, kind##_b, locals_a, use)                                                    \
	STEP(kind##_b, kind##_c, locals_b, use)                                                    \
	STEP(kind##_c, kind##_a, locals_c, use)

#define KEEP(object) __asm__ volatile("" : : "r"(object) : "memory")

STEPS(plain, long local[1], long local[5], long local[40], KEEP(local))
STEPS(large, char local[LARGE_FRAME], char local[LARGE_FRAME + 48], char local[LARGE_FRAME + 100],
      KEEP(local))
STEPS(variable, char local[8 * (depth % 7) + 1], char local[depth % 5 + 1],
      char *local = alloca(16 * (depth % 3) + 8), KEEP(local))
STEPS(realigned, _Alignas(64) char local[64]; char more[depth % 9 + 1];
      KEEP(more), _Alignas(64) char local[128], _Alignas(32) char local[32];
      char *more = alloca(depth + 1); KEEP(more), KEEP(local))

typedef void step(long depth);

static struct {
	const char *mode;
	step *first;
	const char *names[STEP_KINDS];
} kinds[] = {
    {"plain", plain_a, {"plain_a", "plain_b", "plain_c"}},
    {"large", large_a, {"large_a", "large_b", "large_c"}},
    {"variable", variable_a, {"variable_a", "variable_b", "variable_c"}},
    {"realigned", realigned_a, {"realigned_a", "realigned_b", "realigned_c"}},
};

static size_t kind_index;
static long depth;

NOIPA void *run_chain(void *unused)
{
	(void)unused;
	kinds[kind_index].first(depth);
	NO_TAIL_CALL();
	return NULL;
}

static void print_function(const char *name)
{
	printf(",\"%s\"", name);
}

/* What is behind `reach_leaf`, by mode. */
static void print_leaf(void)
{
	if (!strcmp(mode, "vdso"))
		return print_function("read_clock");
	if (!strcmp(mode, "linkage"))
		return print_function("call_library");
	if (!strcmp(mode, "vfork"))
		print_function("burn_in_child");
	if (!strcmp(mode, "signal") || !strcmp(mode, "alternate"))
		printf(",\"raise_trap\",\"trap_first\",\"[signal]\",\"on_trap\"");
	printf(",\"burn_all\",\"burn\"");
}

static void print_chain(void)
{
	bool is_thread = !strcmp(mode, "thread");

	printf("{\"program\":\"chain\",\"chain\":[%s\"run_chain\"", is_thread ? "" : "\"main\",");
	for (long i = 0; i < depth; i++)
		print_function(kinds[kind_index].names[i % STEP_KINDS]);
	print_function("reach_leaf");
	print_leaf();
	announce("]}");
}

int main(int argc, char **argv)
{
	mode = text_option(argc, argv, "--mode", mode);
	depth = number_option(argc, argv, "--depth", 10);
	budget_ns = number_option(argc, argv, "--milliseconds", 1000) * 1000000;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i].mode, mode))
			kind_index = i;
	handshake(argc, argv);
	if (!strcmp(mode, "thread")) {
		pthread_t thread;

		pthread_create(&thread, NULL, run_chain, NULL);
		pthread_join(thread, NULL);
	} else {
		run_chain(NULL);
	}
	print_chain();
	return 0;
}
