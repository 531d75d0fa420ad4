// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Offsets of plain fields, through pointers and nested structures.
#include "core.bpf.h"

struct mm_struct {
    unsigned long total_vm;
    unsigned long start_stack;
} KERNEL;

struct sched_entity {
    __u64 vruntime;
} KERNEL;

struct task_struct {
    int pid;
    int tgid;
    struct task_struct *real_parent;
    struct mm_struct *mm;
    struct sched_entity se;
    char comm[16];
} KERNEL;

PROGRAM(pointers)
{
    struct task_struct *task = (void *)bpf_get_current_task();
    __u64 sum = BPF_CORE_READ(task, tgid);

    MIX(sum, BPF_CORE_READ(task, real_parent, real_parent, pid));
    MIX(sum, BPF_CORE_READ(task, mm, total_vm));
    return sum;
}

PROGRAM(nested)
{
    struct task_struct *task = (void *)bpf_get_current_task();
    char comm[16];
    __u64 sum = BPF_CORE_READ(task, se.vruntime);

    MIX(sum, bpf_core_field_offset(task->mm->start_stack));
    MIX(sum, bpf_core_read_str(comm, sizeof(comm), &task->comm));
    MIX(sum, bpf_core_field_offset(task->comm[3]));
    return sum;
}
