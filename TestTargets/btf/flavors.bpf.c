// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Several declarations of one type, for kernels where it differs.
#include "core.bpf.h"

struct task_struct___before_5_14 {
    long state;
} KERNEL;

struct task_struct___after_5_14 {
    unsigned int __state;
} KERNEL;

struct kernfs_node___first___second {
    __u64 id;
} KERNEL;

struct not_a___flavor_ {
    int field;
} KERNEL;

PROGRAM(state)
{
    void *task = (void *)bpf_get_current_task();
    struct task_struct___after_5_14 *newer = task;
    struct task_struct___before_5_14 *older = task;

    if (bpf_core_field_exists(newer->__state))
        return BPF_CORE_READ(newer, __state);
    return BPF_CORE_READ(older, state);
}

PROGRAM(doubled)
{
    struct kernfs_node___first___second *node = (void *)bpf_get_current_task();
    struct not_a___flavor_ *other = (void *)node;

    return bpf_core_field_exists(node->id) * 2 + bpf_core_field_exists(other->field);
}
