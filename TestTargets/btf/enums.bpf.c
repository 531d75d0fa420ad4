// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Enumerators: whether they are there, and their values.
#include "core.bpf.h"

enum pid_type___core {
    PIDTYPE_PID___core = 77,
    PIDTYPE_SID___core = 78,
    PIDTYPE_MISSING___core = 79,
};

enum bpf_func_id___core {
    BPF_FUNC_get_current_task___core = 99,
    BPF_FUNC_get_func_ip___core = 98,
    BPF_FUNC_no_such_helper___core = 97,
};

enum no_such_enumeration {
    NO_SUCH_VALUE = 3,
};

PROGRAM(values)
{
    __u64 sum = bpf_core_enum_value(enum pid_type___core, PIDTYPE_PID___core);

    MIX(sum, bpf_core_enum_value(enum pid_type___core, PIDTYPE_SID___core));
    MIX(sum, bpf_core_enum_value(enum bpf_func_id___core, BPF_FUNC_get_current_task___core));
    if (bpf_core_enum_value_exists(enum bpf_func_id___core, BPF_FUNC_get_func_ip___core))
        MIX(sum, bpf_core_enum_value(enum bpf_func_id___core, BPF_FUNC_get_func_ip___core));
    return sum;
}

PROGRAM(existence)
{
    __u64 sum = bpf_core_enum_value_exists(enum pid_type___core, PIDTYPE_MISSING___core);

    MIX(sum, bpf_core_enum_value_exists(enum pid_type___core, PIDTYPE_PID___core));
    MIX(sum, bpf_core_enum_value_exists(enum bpf_func_id___core, BPF_FUNC_no_such_helper___core));
    MIX(sum, bpf_core_enum_value_exists(enum no_such_enumeration, NO_SUCH_VALUE));
    return sum;
}
