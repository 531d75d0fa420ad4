// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Enumerations of 64 bits here, of 32 in the kernel, and the other way round.
#include "core.bpf.h"

enum perf_callchain_context___wide {
    PERF_CONTEXT_HV___wide = -32LL,
    PERF_CONTEXT_KERNEL___wide = 0x100000000ULL,
};

enum perf_callchain_context {
    PERF_CONTEXT_USER = 1,
};

enum pid_type___wide {
    PIDTYPE_PID___wide = 0x200000000ULL,
};

PROGRAM(wide_in_both)
{
    if (!bpf_core_enum_value_exists(enum perf_callchain_context___wide, PERF_CONTEXT_KERNEL___wide))
        return 0;
    return bpf_core_enum_value(enum perf_callchain_context___wide, PERF_CONTEXT_KERNEL___wide);
}

PROGRAM(wide_in_the_kernel)
{
    return bpf_core_enum_value_exists(enum perf_callchain_context, PERF_CONTEXT_USER);
}

PROGRAM(wide_here)
{
    return bpf_core_enum_value(enum pid_type___wide, PIDTYPE_PID___wide);
}
