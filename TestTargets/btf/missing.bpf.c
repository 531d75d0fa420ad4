// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// What no kernel has, with code for that.
#include "core.bpf.h"

struct no_such_structure {
    int field;
} KERNEL;

struct task_struct {
    int no_such_field;
    struct no_such_structure *tgid;
    struct {
        int field;
    } mm;
} KERNEL;

struct list_head {
    struct list_head *next;
    int prev[2];
} KERNEL;

PROGRAM(fields)
{
    struct task_struct *task = (void *)bpf_get_current_task();
    struct no_such_structure *other = (void *)task;
    struct list_head *list = (void *)task;
    __u64 sum = 0;

    if (bpf_core_field_exists(task->no_such_field))
        MIX(sum, BPF_CORE_READ(task, no_such_field));
    if (bpf_core_field_exists(other->field))
        MIX(sum, BPF_CORE_READ(other, field));
    MIX(sum, bpf_core_field_exists(task->tgid));
    MIX(sum, bpf_core_field_exists(task->mm.field));
    MIX(sum, bpf_core_field_exists(list->prev));
    MIX(sum, bpf_core_field_exists(list->next));
    return sum;
}

PROGRAM(type_without_field)
{
    struct task_struct *task = (void *)bpf_get_current_task();

    return bpf_core_type_exists(struct task_struct) * 2 +
           bpf_core_field_exists(task->no_such_field);
}
