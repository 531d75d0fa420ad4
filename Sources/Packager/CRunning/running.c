#define _GNU_SOURCE
#include "CRunning.h"

#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

int uprof_memory_file(const char *name)
{
	return memfd_create(name, MFD_CLOEXEC);
}

const char *uprof_executable_name(void)
{
	return (const char *)getauxval(AT_EXECFN);
}

/*
 * Swift's runtime looks for the program that prints backtraces, beside the executable, before
 * main(), and aborts where there is no /proc to find itself by. Told where that program would be,
 * it does not look. Constructors with a number run before those without, which the runtime's are.
 */
static int is_told;

__attribute__((constructor(101))) static void tell_backtracer(void)
{
	if (access("/proc/self/exe", F_OK) && !getenv("SWIFT_BACKTRACE"))
		is_told = !setenv("SWIFT_BACKTRACE", "enable=no,swift-backtrace=/none", 1);
}

void uprof_forget_backtracer(void)
{
	if (is_told)
		unsetenv("SWIFT_BACKTRACE");
}
