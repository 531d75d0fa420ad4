// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Fields that moved between kernels: into other structures, into unions, under other names.
#include "core.bpf.h"

struct thread_info {
    __u32 cpu;
} KERNEL;

struct task_struct___inside {
    struct thread_info thread_info;
} KERNEL;

struct task_struct___outside {
    unsigned int cpu;
} KERNEL;

struct task_struct {
    union {
        struct pid *thread_pid;
    };
    __u64 start_boottime;
} KERNEL;

struct task_struct___old_names {
    __u64 real_start_time;
} KERNEL;

struct request {
    struct gendisk *rq_disk;
    struct request_queue *q;
} KERNEL;

PROGRAM(cpu)
{
    void *task = (void *)bpf_get_current_task();
    struct task_struct___inside *inside = task;
    struct task_struct___outside *outside = task;

    if (bpf_core_field_exists(inside->thread_info.cpu))
        return BPF_CORE_READ(inside, thread_info.cpu);
    if (bpf_core_field_exists(outside->cpu))
        return BPF_CORE_READ(outside, cpu);
    return -1;
}

PROGRAM(renamed)
{
    struct task_struct *task = (void *)bpf_get_current_task();
    struct task_struct___old_names *old = (void *)task;
    struct request *request = (void *)task;
    __u64 sum = bpf_core_field_exists(task->thread_pid);

    if (bpf_core_field_exists(task->start_boottime))
        MIX(sum, BPF_CORE_READ(task, start_boottime));
    else
        MIX(sum, BPF_CORE_READ(old, real_start_time));
    MIX(sum, bpf_core_field_exists(request->rq_disk));
    MIX(sum, bpf_core_field_offset(request->q));
    return sum;
}
