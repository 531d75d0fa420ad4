#define _GNU_SOURCE
#include "CRunning.h"

#include <sys/auxv.h>
#include <sys/mman.h>

int uprof_memory_file(const char *name)
{
	return memfd_create(name, MFD_CLOEXEC);
}

const char *uprof_executable_name(void)
{
	return (const char *)getauxval(AT_EXECFN);
}
