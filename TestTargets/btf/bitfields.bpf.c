// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Bit fields: where a load starts, how wide it is, and how far to shift.
#include "core.bpf.h"

struct task_struct {
    unsigned int sched_reset_on_fork : 1;
    unsigned int in_execve : 1;
    unsigned int no_cgroup_migration : 1;
} KERNEL;

struct sk_buff {
    __u8 pkt_type : 3;
    __u8 ip_summed : 2;
    __u8 encapsulation : 1;
} KERNEL;

struct tcp_sock {
    __u8 nonagle : 4;
    __u8 repair : 1;
} KERNEL;

PROGRAM(tasks)
{
    struct task_struct *task = (void *)bpf_get_current_task();
    __u64 sum = BPF_CORE_READ_BITFIELD_PROBED(task, sched_reset_on_fork);

    MIX(sum, BPF_CORE_READ_BITFIELD_PROBED(task, in_execve));
    if (bpf_core_field_exists(task->no_cgroup_migration))
        MIX(sum, BPF_CORE_READ_BITFIELD_PROBED(task, no_cgroup_migration));
    return sum;
}

PROGRAM(buffers)
{
    struct sk_buff *buffer = (void *)bpf_get_current_task();
    struct tcp_sock *sock = (void *)buffer;
    __u64 sum = BPF_CORE_READ_BITFIELD_PROBED(buffer, pkt_type);

    MIX(sum, BPF_CORE_READ_BITFIELD_PROBED(buffer, ip_summed));
    MIX(sum, BPF_CORE_READ_BITFIELD_PROBED(buffer, encapsulation));
    MIX(sum, BPF_CORE_READ_BITFIELD_PROBED(sock, nonagle));
    MIX(sum, BPF_CORE_READ_BITFIELD_PROBED(sock, repair));
    return sum;
}
