// execvpe
#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t wait_for(pid_t process, int *status)
{
    pid_t result;

    do {
        result = waitpid(process, status, 0);
    } while (result < 0 && errno == EINTR);
    return result;
}

/// In the child: only functions that are safe after fork.
static void become(char *const arguments[], const sigset_t *mask, int failure)
{
    int reason;

    sigprocmask(SIG_SETMASK, mask, NULL);
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0)
        execvp(arguments[0], arguments);
    reason = errno;
    if (write(failure, &reason, sizeof(reason)) != sizeof(reason))
        _exit(126);
    _exit(127);
}

pid_t uprof_start(char *const arguments[], const sigset_t *mask)
{
    int failure[2], reason = 0, status;
    pid_t process;

    if (pipe2(failure, O_CLOEXEC))
        return -errno;
    process = fork();
    if (process == 0)
        become(arguments, mask, failure[1]);
    if (process < 0)
        reason = errno;
    close(failure[1]);
    // Ends at once: by exec closing the other end, or with the reason it failed.
    if (process > 0 && read(failure[0], &reason, sizeof(reason)) < 0)
        reason = errno;
    close(failure[0]);
    if (process < 0)
        return -reason;
    if (wait_for(process, &status) < 0)
        return -errno;
    if (reason)
        return -reason;
    if (!WIFSTOPPED(status))
        return -ECHILD;
    // System call stops are told apart from signals, and the program dies with us until released.
    if (ptrace(PTRACE_SETOPTIONS, process, NULL,
               (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL)))
        return -errno;
    return process;
}

#if defined(__x86_64__)

/// Debug register 7: breakpoint 0 enabled for this thread, on execution.
#define BREAKPOINT_0_ENABLED 1UL

static int set_debug_register(pid_t process, int number, unsigned long value)
{
    size_t offset = offsetof(struct user, u_debugreg) + number * sizeof(value);

    return ptrace(PTRACE_POKEUSER, process, (void *)offset, (void *)value);
}

static bool is_executable_mapping(const struct user_regs_struct *registers)
{
    bool succeeded = (long)registers->rax >= 0 || (long)registers->rax < -4095;

    return registers->orig_rax == SYS_mmap && succeeded && registers->rdx & PROT_EXEC &&
           (int)registers->r8 >= 0;
}

enum uprof_start_event uprof_start_continue(pid_t process, uint64_t entry, int *status)
{
    struct user_regs_struct registers;
    int signal = 0;

    if (set_debug_register(process, 0, entry) ||
        set_debug_register(process, 7, BREAKPOINT_0_ENABLED))
        return UPROF_START_FAILED;
    for (;;) {
        if (ptrace(PTRACE_SYSCALL, process, NULL, (void *)(long)signal))
            return UPROF_START_FAILED;
        if (wait_for(process, status) < 0)
            return UPROF_START_FAILED;
        if (!WIFSTOPPED(*status))
            return UPROF_START_ENDED;
        signal = WSTOPSIG(*status);
        if (signal != SIGTRAP && signal != (SIGTRAP | 0x80))
            continue; // the program's own signal: passed on
        if (ptrace(PTRACE_GETREGS, process, NULL, &registers))
            return UPROF_START_FAILED;
        if (signal == SIGTRAP && registers.rip == entry) {
            set_debug_register(process, 7, 0);
            return UPROF_START_ENTERED;
        }
        // At a call's entry rax is -ENOSYS, which is no success: only exits get through here.
        if (signal == (SIGTRAP | 0x80) && is_executable_mapping(&registers))
            return UPROF_START_MAPPED;
        signal = 0;
    }
}

#else

// Without a breakpoint at the entry there is no telling when the start is over.
enum uprof_start_event uprof_start_continue(pid_t process, uint64_t entry, int *status)
{
    (void)process, (void)entry, (void)status;
    return UPROF_START_ENTERED;
}

#endif

int uprof_start_release(pid_t process)
{
    return ptrace(PTRACE_DETACH, process, NULL, NULL) ? -errno : 0;
}
