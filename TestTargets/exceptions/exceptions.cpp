// SPDX-License-Identifier: Apache-2.0
/*
 * Throws through probed frames: shows that exceptions still find their handlers. A return probe
 * replaces return addresses on the stack, and those are what the C++ runtime unwinds by.
 *
 *	exceptions [--mode deep|rethrow|nested|pointer|threads|inside] [--calls N] [--wait]
 *
 *  - deep: thrown in `level_1`, caught above `level_1` to `level_5`, whose cleanups call
 *    `cleanup_call`.
 *  - rethrow: `rethrow_call` catches and throws the same on.
 *  - nested: `nested_call` throws again in a handler, inside another try.
 *  - pointer: `capture_call` keeps the exception, `throw_kept` throws it later.
 *  - threads: deep, in four threads at once.
 *  - inside: `catching_call` throws through others and catches in the very function.
 *
 * Each runs N times. Built dynamic, static (-static), and with the runtime alone static
 * (-static-libgcc). Exits with 14.
 */
#include <exception>
#include <stdexcept>
#include <thread>
#include <vector>

#include "target.h"

namespace
{

long level_calls[6], cleanups, rethrows, nests, captures, throws_kept, catches, caught, expected;

struct Failure : std::runtime_error {
	using std::runtime_error::runtime_error;
};

/* A local whose destructor runs when an exception passes through its frame. */
struct Cleanup {
	~Cleanup();
};

} // namespace

PROBED void cleanup_call()
{
	COUNT(cleanups);
}

Cleanup::~Cleanup()
{
	cleanup_call();
}

PROBED void level_1()
{
	COUNT(level_calls[1]);
	throw Failure("thrown in level_1");
}

#define DEFINE_LEVEL(level, below)                                                                 \
	PROBED void level_##level()                                                                \
	{                                                                                          \
		Cleanup cleanup;                                                                   \
		COUNT(level_calls[level]);                                                         \
		level_##below();                                                                   \
	}

DEFINE_LEVEL(2, 1)
DEFINE_LEVEL(3, 2)
DEFINE_LEVEL(4, 3)
DEFINE_LEVEL(5, 4)

PROBED void rethrow_call()
{
	COUNT(rethrows);
	try {
		level_2();
	} catch (const Failure &) {
		throw;
	}
}

PROBED void nested_call()
{
	COUNT(nests);
	try {
		try {
			level_2();
		} catch (const Failure &) {
			level_3();
		}
	} catch (const Failure &) {
		throw std::logic_error("thrown in the outer handler");
	}
}

PROBED void capture_call(std::exception_ptr *kept)
{
	COUNT(captures);
	try {
		level_2();
	} catch (...) {
		*kept = std::current_exception();
	}
}

PROBED void throw_kept(std::exception_ptr kept)
{
	COUNT(throws_kept);
	std::rethrow_exception(kept);
}

PROBED void catching_call()
{
	COUNT(catches);
	try {
		level_3();
	} catch (const Failure &) {
		COUNT(caught);
	}
	NO_TAIL_CALL();
}

namespace
{

/* Runs `body`, which throws an `Error`, as often as asked, and counts what arrives here. */
template <typename Error, typename Body> void catch_each(long calls, Body body)
{
	__atomic_fetch_add(&expected, calls, __ATOMIC_RELAXED);
	for (long i = 0; i < calls; i++) {
		try {
			body();
		} catch (const Error &) {
			COUNT(caught);
		}
	}
}

void run_deep(long calls)
{
	for (auto level : {level_1, level_2, level_3, level_4, level_5})
		catch_each<Failure>(calls, level);
}

void run_pointer(long calls)
{
	catch_each<Failure>(calls, [] {
		std::exception_ptr kept;

		capture_call(&kept);
		throw_kept(kept);
	});
}

void run_threads(long calls)
{
	std::vector<std::thread> threads;

	for (int i = 0; i < 4; i++)
		threads.emplace_back(run_deep, calls);
	for (auto &thread : threads)
		thread.join();
}

void run_inside(long calls)
{
	expected += calls;
	for (long i = 0; i < calls; i++)
		catching_call();
}

void print_truth()
{
	const tally tallies[] = {
	    {"level_1", level_calls[1]}, {"level_2", level_calls[2]}, {"level_3", level_calls[3]},
	    {"level_4", level_calls[4]}, {"level_5", level_calls[5]}, {"cleanup_call", cleanups},
	    {"rethrow_call", rethrows},	 {"nested_call", nests},      {"capture_call", captures},
	    {"throw_kept", throws_kept}, {"catching_call", catches},
	};

	printf("{\"program\":\"exceptions\",\"caught\":%ld,", caught);
	print_tallies("calls", tallies, TALLY_COUNT(tallies));
	announce("}");
}

} // namespace

int main(int argc, char **argv)
{
	long calls = number_option(argc, argv, "--calls", 100);

	handshake(argc, argv);
	if (mode_selected(argc, argv, "deep"))
		run_deep(calls);
	if (mode_selected(argc, argv, "rethrow"))
		catch_each<Failure>(calls, rethrow_call);
	if (mode_selected(argc, argv, "nested"))
		catch_each<std::logic_error>(calls, nested_call);
	if (mode_selected(argc, argv, "pointer"))
		run_pointer(calls);
	if (mode_selected(argc, argv, "threads"))
		run_threads(calls);
	if (mode_selected(argc, argv, "inside"))
		run_inside(calls);
	print_truth();
	return caught == expected ? 14 : STATUS_WRONG_RESULT;
}
