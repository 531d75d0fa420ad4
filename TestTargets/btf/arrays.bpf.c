// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Elements of arrays, of flexible ones and of arrays of structures.
#include "core.bpf.h"

struct upid {
    int nr;
} KERNEL;

struct pid {
    unsigned int level;
    struct upid numbers[1];
} KERNEL;

struct pid___flexible {
    struct upid numbers[0];
} KERNEL;

struct signal_struct {
    struct pid *pids[4];
} KERNEL;

struct task_struct {
    struct signal_struct *signal;
    char comm[16];
} KERNEL;

struct user_namespace {
    struct {
        __u32 nr_extents;
    } uid_map;
    long ucount_max[4];
} KERNEL;

PROGRAM(levels)
{
    struct pid *pid = (void *)bpf_get_current_task();
    struct pid___flexible *flexible = (void *)pid;
    __u64 sum = BPF_CORE_READ(pid, level);

    MIX(sum, BPF_CORE_READ(pid, numbers[0].nr));
    MIX(sum, bpf_core_field_exists(flexible->numbers[2].nr));
    MIX(sum, bpf_core_field_exists(flexible->numbers));
    return sum;
}

PROGRAM(elements)
{
    struct task_struct *task = (void *)bpf_get_current_task();
    struct user_namespace *space = (void *)task;
    __u64 sum = BPF_CORE_READ(task, signal, pids[1], level);

    MIX(sum, bpf_core_field_offset(task->comm[15]));
    MIX(sum, bpf_core_field_size(task->comm));
    MIX(sum, bpf_core_field_size(task->comm[2]));
    MIX(sum, bpf_core_field_exists(space->uid_map.nr_extents));
    MIX(sum, bpf_core_field_exists(space->ucount_max[3]));
    return sum;
}

PROGRAM(several_tasks)
{
    struct task_struct *task = (void *)bpf_get_current_task();

    return bpf_core_field_offset(task[2].comm);
}
