// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// Members of anonymous structures and unions, at whatever depth either side has them.
#include "core.bpf.h"

struct sock_common {
    union {
        __u64 skc_addrpair;
        struct {
            __u32 skc_daddr;
            __u32 skc_rcv_saddr;
        };
    };
    unsigned short skc_num;
    union {
        struct {
            __u16 skc_dport;
        };
    };
} KERNEL;

struct sock {
    struct sock_common __sk_common;
} KERNEL;

struct page {
    unsigned long flags;
    struct {
        void *mapping;
        unsigned long index;
    };
    unsigned long private;
} KERNEL;

struct sk_buff {
    struct sk_buff *next;
    struct sock *sk;
    unsigned int len;
} KERNEL;

PROGRAM(sockets)
{
    struct sock *sock = (void *)bpf_get_current_task();
    __u64 sum = BPF_CORE_READ(sock, __sk_common.skc_daddr);

    MIX(sum, BPF_CORE_READ(sock, __sk_common.skc_rcv_saddr));
    MIX(sum, BPF_CORE_READ(sock, __sk_common.skc_num));
    MIX(sum, BPF_CORE_READ(sock, __sk_common.skc_dport));
    MIX(sum, bpf_core_field_offset(sock->__sk_common.skc_addrpair));
    return sum;
}

PROGRAM(pages)
{
    struct page *page = (void *)bpf_get_current_task();
    __u64 sum = bpf_core_field_exists(page->mapping);

    MIX(sum, bpf_core_field_exists(page->index));
    MIX(sum, bpf_core_field_exists(page->private));
    if (bpf_core_field_exists(page->private))
        MIX(sum, bpf_core_field_offset(page->private));
    return sum;
}

PROGRAM(buffers)
{
    struct sk_buff *buffer = (void *)bpf_get_current_task();
    __u64 sum = BPF_CORE_READ(buffer, sk, __sk_common.skc_num);

    MIX(sum, BPF_CORE_READ(buffer, next, len));
    return sum;
}
