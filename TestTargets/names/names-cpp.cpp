// SPDX-License-Identifier: Apache-2.0
/*
 * C++ functions whose names need demangling, each called a known number of times.
 *
 *	names-cpp [--calls N] [--wait]
 *
 * Each function is called N times more than the one before. The last line has the names as c++filt
 * writes them. Exits with 22.
 */
#include <string>
#include <vector>

#include "target.h"

namespace demo
{

long plain_calls, int_calls, text_calls, twice_int_calls, twice_text_calls, operator_calls,
    lambda_calls, method_calls, hidden_calls, conversion_calls;

NOIPA void plain()
{
	COUNT(plain_calls);
}

NOIPA void overloaded(int)
{
	COUNT(int_calls);
}

NOIPA void overloaded(const std::string &)
{
	COUNT(text_calls);
}

template <typename Value> NOIPA Value twice(Value value)
{
	if constexpr (std::is_integral_v<Value>)
		COUNT(twice_int_calls);
	else
		COUNT(twice_text_calls);
	return value + value;
}

class Adder
{
      public:
	NOIPA int operator()(int value) const
	{
		COUNT(operator_calls);
		return value + 1;
	}
	NOIPA void add(const std::vector<long> &values)
	{
		COUNT(method_calls);
		total += values.size();
	}
	NOIPA explicit operator bool() const
	{
		COUNT(conversion_calls);
		return total > 0;
	}

      private:
	long total = 0;
};

namespace
{

NOIPA void hidden()
{
	COUNT(hidden_calls);
}

} // namespace

void callLambda(long times)
{
	auto lambda = [](long value) NOIPA {
		COUNT(lambda_calls);
		return value;
	};

	for (long i = 0; i < times; i++)
		lambda(i);
}

} // namespace demo

namespace
{

template <typename Body> void repeat(long times, Body body)
{
	for (long i = 0; i < times; i++)
		body();
}

} // namespace

int main(int argc, char **argv)
{
	using namespace demo;

	long n = number_option(argc, argv, "--calls", 10);
	const std::string text = "text";
	const std::vector<long> values = {1, 2, 3};
	Adder adder;

	handshake(argc, argv);
	repeat(n, plain);
	repeat(2 * n, [] { overloaded(1); });
	repeat(3 * n, [&] { overloaded(text); });
	repeat(4 * n, [] { twice(1); });
	repeat(5 * n, [&] { twice(text); });
	repeat(6 * n, [&] { adder(1); });
	repeat(7 * n, [&] { adder.add(values); });
	repeat(8 * n, [&] { (void)static_cast<bool>(adder); });
	repeat(9 * n, hidden);
	callLambda(10 * n);

#define STRING "std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >"
	const tally tallies[] = {
	    {"demo::plain()", plain_calls},
	    {"demo::overloaded(int)", int_calls},
	    {"demo::overloaded(" STRING " const&)", text_calls},
	    {"int demo::twice<int>(int)", twice_int_calls},
	    {STRING " demo::twice<" STRING " >(" STRING ")", twice_text_calls},
	    {"demo::Adder::operator()(int) const", operator_calls},
	    {"demo::Adder::add(std::vector<long, std::allocator<long> > const&)", method_calls},
	    {"demo::Adder::operator bool() const", conversion_calls},
	    {"demo::(anonymous namespace)::hidden()", hidden_calls},
	    {"demo::callLambda(long)::{lambda(long)#1}::operator()(long) const", lambda_calls},
	};

	PRINT_TRUTH("names-cpp", tallies);
	return lambda_calls == 10 * n ? 22 : STATUS_WRONG_RESULT;
}
