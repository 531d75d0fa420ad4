// What Swift's Glibc module lacks of Linux: signalfd, and starting a command so that probes are in
// place before its first instruction (fork, exec and ptrace, none of which Swift can call).
#ifndef UPROF_CLINUX_H
#define UPROF_CLINUX_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <semaphore.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/types.h>

/// A descriptor that is readable once a process has ended with all its threads (pidfd_open(2),
/// Linux 5.3), or a negated errno.
int uprof_open_process(pid_t process);

/// A file in memory that no child inherits (memfd_create(2)), or -1.
int uprof_anonymous_file(const char *name);

/// Names the calling thread; 15 bytes at most.
void uprof_name_thread(const char *name);

/// Has all threads allocate from one heap: the heaps of others grow by a page at a time, each with a system
/// call. For threads that allocate little at the same time.
void uprof_use_one_heap(void);

/// What a started command is doing.
enum uprof_start_event {
    UPROF_START_MAPPED,  ///< it has mapped a file executable, and is stopped
    UPROF_START_ENTERED, ///< it is about to run its own code, and is stopped
    UPROF_START_ENDED,   ///< it has exited or been killed; status is set
    UPROF_START_FAILED,  ///< the kernel refused to trace it further; it is stopped, errno is set
};

/// Forks and executes a program found through PATH, with the given signal mask, and leaves it
/// stopped before its first instruction. Returns its process id, or a negated errno.
pid_t uprof_start(char *const arguments[], const sigset_t *mask);

/// Lets a started program run on until the next event of its start. entry is the address of its
/// first own instruction (AT_ENTRY); the program interpreter runs before it.
enum uprof_start_event uprof_start_continue(pid_t process, uint64_t entry, int *status);

/// Lets a stopped program run freely. Returns zero or a negated errno.
int uprof_start_release(pid_t process);

#endif
