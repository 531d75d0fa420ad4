// memfd_create, pthread_setname_np
#define _GNU_SOURCE
#include "CLinux.h"

#include <pthread.h>
#include <sys/mman.h>

int uprof_anonymous_file(const char *name)
{
    return memfd_create(name, MFD_CLOEXEC);
}

void uprof_name_thread(const char *name)
{
    pthread_setname_np(pthread_self(), name);
}
