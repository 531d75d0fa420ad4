// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Numbers of types: this program's own, and the kernel's.
#include "core.bpf.h"

struct own {
    int field;
};

struct task_struct {};

PROGRAM(local)
{
    return bpf_core_type_id_local(struct own) ? 1 : 0;
}

PROGRAM(target)
{
    return bpf_core_type_id_kernel(struct task_struct) ? 1 : 0;
}
