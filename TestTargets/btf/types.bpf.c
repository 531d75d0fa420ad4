// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Whether types are there and how large they are, of every kind that can be asked for.
#include "core.bpf.h"

struct task_struct {};
struct io_uring_task {};
struct no_such_structure {};
union sigval {};
enum pid_type { PIDTYPE_PID };
typedef int pid_t___own;
typedef struct {
    int counter;
} atomic_t;
typedef struct {
} spinlock_t;
typedef __u64 sector_t;
typedef long unsigned int kernel_ulong_t;
typedef void (*work_func_t)(void *work);
typedef int (*irq_handler_t)(int, void *);
typedef unsigned long long no_such_alias;

PROGRAM(existence)
{
    __u64 sum = bpf_core_type_exists(struct task_struct);

    MIX(sum, bpf_core_type_exists(struct io_uring_task));
    MIX(sum, bpf_core_type_exists(struct no_such_structure));
    MIX(sum, bpf_core_type_exists(union sigval));
    MIX(sum, bpf_core_type_exists(enum pid_type));
    MIX(sum, bpf_core_type_exists(atomic_t));
    MIX(sum, bpf_core_type_exists(spinlock_t));
    MIX(sum, bpf_core_type_exists(work_func_t));
    MIX(sum, bpf_core_type_exists(irq_handler_t));
    MIX(sum, bpf_core_type_exists(kernel_ulong_t));
    MIX(sum, bpf_core_type_exists(no_such_alias));
    return sum;
}

PROGRAM(sizes)
{
    __u64 sum = bpf_core_type_size(struct task_struct);

    MIX(sum, bpf_core_type_size(union sigval));
    MIX(sum, bpf_core_type_size(enum pid_type));
    MIX(sum, bpf_core_type_size(spinlock_t));
    MIX(sum, bpf_core_type_size(sector_t));
    MIX(sum, bpf_core_type_size(work_func_t));
    return sum;
}
