// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Sizes and signs of fields of every kind, and structures known by their size alone.
#include "core.bpf.h"

struct sched_entity {};

struct task_struct {
    int pid;
    unsigned int flags;
    struct task_struct *parent;
    struct sched_entity se;
    char comm[16];
    unsigned long nvcsw;
} KERNEL;

struct inode {
    unsigned short i_mode;
    long long i_size;
} KERNEL;

PROGRAM(fields)
{
    struct task_struct *task = (void *)bpf_get_current_task();
    __u64 sum = bpf_core_field_size(task->pid);

    MIX(sum, bpf_core_field_size(task->flags));
    MIX(sum, bpf_core_field_size(task->parent));
    MIX(sum, bpf_core_field_size(task->se));
    MIX(sum, bpf_core_field_size(task->comm));
    MIX(sum, bpf_core_field_size(task->nvcsw));
    return sum;
}

PROGRAM(signs)
{
    struct task_struct *task = (void *)bpf_get_current_task();
    struct inode *inode = (void *)task;
    __u64 sum = __builtin_preserve_field_info(task->pid, BPF_FIELD_SIGNED);

    MIX(sum, __builtin_preserve_field_info(task->flags, BPF_FIELD_SIGNED));
    MIX(sum, __builtin_preserve_field_info(inode->i_mode, BPF_FIELD_SIGNED));
    MIX(sum, __builtin_preserve_field_info(inode->i_size, BPF_FIELD_SIGNED));
    MIX(sum, __builtin_preserve_field_info(inode->i_size, BPF_FIELD_RSHIFT_U64));
    return sum;
}
