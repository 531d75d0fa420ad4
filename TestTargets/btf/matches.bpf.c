// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Types with all that is declared here.
#include "core.bpf.h"

struct list_head {
    struct list_head *next, *prev;
};

struct list_head___more {
    struct list_head *next, *prev, *sideways;
};

struct hlist_node {
    struct hlist_node *next, **pprev;
};

struct rb_root {
    struct rb_node *rb_node;
};

struct path {
    struct vfsmount *mnt;
    struct dentry *dentry;
};

struct path___other {
    struct dentry *mnt;
};

enum pid_type {
    PIDTYPE_PID,
    PIDTYPE_TGID,
};

enum pid_type___more {
    PIDTYPE_PID___more,
    PIDTYPE_NONE___more,
};

struct task_struct {
    struct list_head tasks;
    int pid;
    struct mm_struct *mm;
};

PROGRAM(matches)
{
    __u64 sum = bpf_core_type_matches(struct list_head);

    MIX(sum, bpf_core_type_matches(struct list_head___more));
    MIX(sum, bpf_core_type_matches(struct hlist_node));
    MIX(sum, bpf_core_type_matches(struct rb_root));
    MIX(sum, bpf_core_type_matches(struct path));
    MIX(sum, bpf_core_type_matches(struct path___other));
    MIX(sum, bpf_core_type_matches(enum pid_type));
    MIX(sum, bpf_core_type_matches(enum pid_type___more));
    return sum;
}

PROGRAM(large)
{
    return bpf_core_type_matches(struct task_struct);
}
