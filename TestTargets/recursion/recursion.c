// SPDX-License-Identifier: Apache-2.0
/*
 * Recursion of every kind: shows that outer and inner calls are told apart.
 *
 *	recursion [--mode fib|parity|descend|tail|self] [--fib N] [--parity N] [--depth N]
 *	          [--tail N] [--self N] [--wait]
 *
 *  - fib: `fib(N)`, two calls in each.
 *  - parity: `is_even(N)` and `is_odd` call each other, N + 1 calls in all, N deep.
 *  - descend: `descend(N)` goes N deep, by default past the kernel's 64 pending return probes.
 *  - tail: `tail_first` ends in a jump to `tail_second`, N times.
 *  - self: `tail_self` ends in a jump to its own entry, N times, in one call: N + 1 entries.
 *
 * Exits with 12.
 */
#include "target.h"

static long fib_calls, even_calls, odd_calls, descend_calls, first_calls, second_calls, self_calls;

PROBED long fib(long n)
{
	COUNT(fib_calls);
	if (n < 2)
		return n;

	long first = fib(n - 1);
	long second = fib(n - 2);

	/* Else the second call becomes a loop, and half of the entries are gone. */
	NO_TAIL_CALL();
	return first + second;
}

PROBED bool is_odd(long n);

PROBED bool is_even(long n)
{
	COUNT(even_calls);
	bool result = n == 0 || is_odd(n - 1);

	NO_TAIL_CALL();
	return result;
}

PROBED bool is_odd(long n)
{
	COUNT(odd_calls);
	bool result = n != 0 && is_even(n - 1);

	NO_TAIL_CALL();
	return result;
}

PROBED long descend(long depth)
{
	COUNT(descend_calls);
	long below = depth > 1 ? descend(depth - 1) : 0;

	NO_TAIL_CALL();
	return below + 1;
}

PROBED long tail_second(long value)
{
	COUNT(second_calls);
	return value + 1;
}

PROBED long tail_first(long value)
{
	COUNT(first_calls);
	return tail_second(value + 1);
}

/* The same function under a second name: calls of it are not turned into a loop. */
long tail_self_entry(long n) __asm__("tail_self");

PROBED long tail_self(long n)
{
	COUNT(self_calls);
	return n ? tail_self_entry(n - 1) : 42;
}

static bool run(int argc, char **argv)
{
	long depth = number_option(argc, argv, "--depth", 200);
	bool right = true;

	if (mode_selected(argc, argv, "fib"))
		right &= fib(number_option(argc, argv, "--fib", 15)) >= 0;
	if (mode_selected(argc, argv, "parity"))
		right &= is_even(number_option(argc, argv, "--parity", 20) & ~1L);
	if (mode_selected(argc, argv, "descend"))
		right &= descend(depth) == depth;
	for (long i = number_option(argc, argv, "--tail", 100);
	     i > 0 && mode_selected(argc, argv, "tail"); i--)
		right &= tail_first(i) == i + 2;
	if (mode_selected(argc, argv, "self"))
		right &= tail_self(number_option(argc, argv, "--self", 10)) == 42;
	return right;
}

int main(int argc, char **argv)
{
	handshake(argc, argv);

	bool right = run(argc, argv);
	struct tally tallies[] = {
	    {"fib", fib_calls},		{"is_even", even_calls},     {"is_odd", odd_calls},
	    {"descend", descend_calls}, {"tail_first", first_calls}, {"tail_second", second_calls},
	    {"tail_self", self_calls},
	};

	PRINT_TRUTH("recursion", tallies);
	return right ? 12 : STATUS_WRONG_RESULT;
}
