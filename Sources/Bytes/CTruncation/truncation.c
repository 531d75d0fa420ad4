#include "CTruncation.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const char what_to_say[] =
    "uprof: a file was truncated while it was read; what it lost reads as zeros\n";
static atomic_flag has_said = ATOMIC_FLAG_INIT;

static void replace_page(int signal_number, siginfo_t *information, void *context)
{
    (void)context;
    uintptr_t size = (uintptr_t)sysconf(_SC_PAGESIZE);
    void *page = (void *)((uintptr_t)information->si_addr & ~(size - 1));
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;

    // Anything but a page behind the end of a file goes the way it goes without this handler.
    if (information->si_code != BUS_ADRERR ||
        mmap(page, size, PROT_READ, flags, -1, 0) == MAP_FAILED) {
        signal(signal_number, SIG_DFL);
        return;
    }
    if (!atomic_flag_test_and_set(&has_said)) {
        ssize_t written = write(STDERR_FILENO, what_to_say, sizeof(what_to_say) - 1);
        (void)written;
    }
}

void uprof_outlive_truncation(void)
{
    struct sigaction action;

    memset(&action, 0, sizeof(action));
    action.sa_sigaction = replace_page;
    action.sa_flags = SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
}
