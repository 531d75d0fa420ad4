// syscall
#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

int uprof_open_process(pid_t process)
{
    long descriptor = syscall(SYS_pidfd_open, process, 0);

    return descriptor < 0 ? -errno : (int)descriptor;
}
