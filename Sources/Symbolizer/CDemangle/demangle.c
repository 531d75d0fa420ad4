#include "CDemangle.h"

#include <stdint.h>
#include <libiberty/demangle.h>

// Exported by the Swift runtime (stdlib/public/runtime/Demangle.cpp), in no header of its own.
char *swift_demangle(const char *mangled, size_t length, char *output, size_t *output_size,
		     uint32_t flags);

char *uprof_demangle_cpp(const char *mangled, bool parameters)
{
	// libiberty's, not libstdc++'s `__cxa_demangle`: the same code, newer, and able to leave
	// the parameters out. It limits its own recursion.
	return cplus_demangle_v3(mangled, parameters ? DMGL_PARAMS | DMGL_ANSI | DMGL_TYPES
						     : DMGL_ANSI);
}

char *uprof_demangle_rust(const char *mangled)
{
	return rust_demangle(mangled, 0);
}

char *uprof_demangle_swift(const char *mangled, size_t length)
{
	return swift_demangle(mangled, length, NULL, NULL, 0);
}
