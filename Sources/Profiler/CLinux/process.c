// syscall
#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <malloc.h>
#include <sys/syscall.h>
#include <unistd.h>

void uprof_use_one_heap(void)
{
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TOP_PAD, 1 << 20);
}

int uprof_open_process(pid_t process)
{
    long descriptor = syscall(SYS_pidfd_open, process, 0);

    return descriptor < 0 ? -errno : (int)descriptor;
}
