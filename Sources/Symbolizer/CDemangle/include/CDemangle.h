// The demanglers of other people, behind names of our own.
#ifndef UPROF_CDEMANGLE_H
#define UPROF_CDEMANGLE_H

#include <stdbool.h>
#include <stddef.h>

/// Demangles an Itanium C++ name; the caller frees the result, NULL where it is none.
/// Without parameters the return type and what follows the name are left out as well.
char *uprof_demangle_cpp(const char *mangled, bool parameters);

/// Demangles a Rust name, legacy or v0; the caller frees the result, NULL where it is none.
char *uprof_demangle_rust(const char *mangled);

/// Demangles a Swift name; the caller frees the result, NULL where it is none.
char *uprof_demangle_swift(const char *mangled, size_t length);

#endif
