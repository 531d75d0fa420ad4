// memfd_create
#define _GNU_SOURCE
#include "CLinux.h"

#include <sys/mman.h>

int uprof_anonymous_file(const char *name)
{
    return memfd_create(name, MFD_CLOEXEC);
}
