// The compiled BPF programs, as data of this executable. `make bpf` compiles them from bpf/.
#ifndef UPROF_CPROBEOBJECTS_H
#define UPROF_CPROBEOBJECTS_H

#include <stddef.h>

/// bpf/attach.bpf.c.
extern const unsigned char *const uprof_attach_object;
extern const size_t uprof_attach_object_size;

/// The same for kernels whose own types cannot be had: no program is for session links.
extern const unsigned char *const uprof_attach_object_without_session;
extern const size_t uprof_attach_object_without_session_size;

/// The same for kernels down to Linux 4.14 (bpf/legacy.bpf.h), compressed by gzip.
extern const unsigned char *const uprof_attach_legacy_object;
extern const size_t uprof_attach_legacy_object_size;

/// bpf/record.bpf.c.
extern const unsigned char *const uprof_record_object;
extern const size_t uprof_record_object_size;

/// The same for kernels down to Linux 4.14.
extern const unsigned char *const uprof_record_legacy_object;
extern const size_t uprof_record_legacy_object_size;

/// bpf/kernel_names.bpf.c.
extern const unsigned char *const uprof_kernel_names_object;
extern const size_t uprof_kernel_names_object_size;

#endif
