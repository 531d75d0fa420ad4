// What Swift's Glibc module does not have of the C library.
#ifndef UPROF_CRUNNING_H
#define UPROF_CRUNNING_H

/// memfd_create(2) with MFD_CLOEXEC.
int uprof_memory_file(const char *name);

/// What the kernel was told to run (AT_EXECFN of getauxval(3)), or NULL.
const char *uprof_executable_name(void);

/// How many words the command line has, the name of the program included.
int uprof_argument_count(void);

/// A word of the command line, as the C library has got it: Swift takes them from /proc.
const char *uprof_argument(int index);

/// Takes back what was told to Swift's runtime by the environment: programs that this one starts are
/// not to be told.
void uprof_restore_environment(void);

#endif
