#include "CProbeObjects.h"

#pragma clang diagnostic ignored "-Wc23-extensions" // #embed

// libbpf reads 64-bit words from it.
_Alignas(8) static const unsigned char attach_object[] = {
#embed "../../../bpf/build/attach.bpf.o"
};

const unsigned char *const uprof_attach_object = attach_object;
const size_t uprof_attach_object_size = sizeof(attach_object);

_Alignas(8) static const unsigned char attach_object_without_session[] = {
#embed "../../../bpf/build/attach-without-session.bpf.o"
};

const unsigned char *const uprof_attach_object_without_session = attach_object_without_session;
const size_t uprof_attach_object_without_session_size = sizeof(attach_object_without_session);

static const unsigned char attach_legacy_object[] = {
#embed "../../../bpf/build/attach-legacy.bpf.o.gz"
};

const unsigned char *const uprof_attach_legacy_object = attach_legacy_object;
const size_t uprof_attach_legacy_object_size = sizeof(attach_legacy_object);

_Alignas(8) static const unsigned char record_object[] = {
#embed "../../../bpf/build/record.bpf.o"
};

const unsigned char *const uprof_record_object = record_object;
const size_t uprof_record_object_size = sizeof(record_object);

_Alignas(8) static const unsigned char record_legacy_object[] = {
#embed "../../../bpf/build/record-legacy.bpf.o"
};

const unsigned char *const uprof_record_legacy_object = record_legacy_object;
const size_t uprof_record_legacy_object_size = sizeof(record_legacy_object);

_Alignas(8) static const unsigned char kernel_names_object[] = {
#embed "../../../bpf/build/kernel_names.bpf.o"
};

const unsigned char *const uprof_kernel_names_object = kernel_names_object;
const size_t uprof_kernel_names_object_size = sizeof(kernel_names_object);
