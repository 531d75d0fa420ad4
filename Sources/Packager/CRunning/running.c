#define _GNU_SOURCE
#include "CRunning.h"

#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/random.h>
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
 * What Swift's runtime reads of the environment before main(), to spare it what it cannot have in a
 * small or young system. It looks for the program that prints backtraces, beside the executable,
 * and aborts where there is no /proc to find itself by: told where that program would be, it does
 * not look. And it takes random numbers for its hash tables, which kernels before 5.6 have none of
 * early on, and lets it wait for minutes: then its tables do without. Constructors with a number
 * run before those without, which the runtime's are.
 */
static char **environment;
static int argument_count;
static char **argument_words;

__attribute__((constructor(101))) static void tell_runtime(int count, char **words)
{
	char byte;

	environment = environ;
	argument_count = count;
	argument_words = words;

	if (access("/proc/self/exe", F_OK))
		setenv("SWIFT_BACKTRACE", "enable=no,swift-backtrace=/none", 0);
	if (getrandom(&byte, sizeof(byte), GRND_NONBLOCK) < 0)
		setenv("SWIFT_DETERMINISTIC_HASHING", "1", 0);
}

int uprof_argument_count(void)
{
	return argument_count;
}

const char *uprof_argument(int index)
{
	return argument_words[index];
}

void uprof_restore_environment(void)
{
	/* As it was: Swift finds the command line beside it. */
	environ = environment;
}
