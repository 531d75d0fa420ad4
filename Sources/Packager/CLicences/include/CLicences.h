// The licences of uprof and of what is linked into its static build, as data of the executable.
#ifndef UPROF_CLICENCES_H
#define UPROF_CLICENCES_H

#include <stddef.h>

/// LICENSE.
extern const unsigned char *const uprof_licence;
extern const size_t uprof_licence_size;

/// libraries.txt: the libraries, and the licence of each.
extern const unsigned char *const uprof_library_licences;
extern const size_t uprof_library_licences_size;

#endif
