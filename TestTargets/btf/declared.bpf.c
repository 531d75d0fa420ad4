// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Types that the kernel only declares, behind typedefs and pointers: bpftool refuses them.
#include "core.bpf.h"

typedef struct __key_reference_with_attributes *key_ref_t;
typedef struct efi_boot_services efi_boot_services_t;

PROGRAM(existence)
{
    __u64 sum = bpf_core_type_exists(key_ref_t);

    MIX(sum, bpf_core_type_exists(efi_boot_services_t));
    return sum;
}

PROGRAM(sizes)
{
    return bpf_core_type_size(key_ref_t);
}
