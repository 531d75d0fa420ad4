// SPDX-License-Identifier: Apache-2.0
/*
 * A 32-bit program that needs no 32-bit C library, which most machines lack: shows that such a
 * target is refused, or served, but never misread.
 *
 *	variant-32 [--wait]
 *
 * Calls `variant_outer` and `variant_inner` 1,000 times each. Exits with 20.
 */
enum { CALL_EXIT = 1, CALL_READ = 3, CALL_WRITE = 4, CALL_GETPID = 20 };

#define CALLS 1000
#define TRUTH                                                                                      \
	"{\"program\":\"variant\",\"calls\":{\"variant_outer\":1000,\"variant_inner\":1000}}\n"

static volatile long outer_calls, inner_calls;

static long system_call(long number, long first, const void *second, long third)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(first), "c"(second), "d"(third)
			 : "memory");
	return result;
}

__attribute__((noipa)) void variant_inner(void)
{
	inner_calls++;
}

__attribute__((noipa)) void variant_outer(void)
{
	outer_calls++;
	variant_inner();
	__asm__ volatile("" ::: "memory");
}

static void announce_ready(void)
{
	char line[] = "ready           \n", *digit = line + sizeof(line) - 3;
	long pid = system_call(CALL_GETPID, 0, 0, 0);

	/* Right-aligned, then moved left to follow the word by one space. */
	for (; pid; pid /= 10)
		*digit-- = '0' + pid % 10;
	char *end = line + 6;
	while (*++digit != '\n')
		*end++ = *digit;
	*end++ = '\n';
	system_call(CALL_WRITE, 1, line, end - line);
}

static void await_line(void)
{
	char byte = 0;

	while (byte != '\n' && system_call(CALL_READ, 0, &byte, 1) == 1)
		;
}

__attribute__((used, noreturn)) static void run(long argument_count)
{
	if (argument_count > 1) {
		announce_ready();
		await_line();
	}
	for (long i = 0; i < CALLS; i++)
		variant_outer();
	system_call(CALL_WRITE, 1, TRUTH, sizeof(TRUTH) - 1);
	system_call(CALL_EXIT, inner_calls == CALLS ? 20 : 99, 0, 0);
	__builtin_unreachable();
}

/* The kernel starts a program with the argument count on top of the stack. */
__asm__(".globl _start\n"
	".type _start, @function\n"
	"_start:\n"
	"	xor %ebp, %ebp\n"
	"	push (%esp)\n"
	"	call run\n");
