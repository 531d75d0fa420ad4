/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* What the CO-RE test programs share. They are loaded, never run: what counts is which numbers the
 * loader puts into their instructions, for those are part of a program's tag.
 */
#ifndef CORE_BPF_H
#define CORE_BPF_H

#include <linux/types.h>
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

/* A declaration of our own of a kernel's type, with as much of it as a program needs. */
#define KERNEL __attribute__((preserve_access_index))

#define PROGRAM(name) SEC("raw_tp/sys_enter") int name(void *context)

/* Keeps the compiler from folding answers together. */
#define MIX(sum, value) ((sum) = (sum) * 31 + (__u64)(value))

char LICENSE[] SEC("license") = "Dual BSD/GPL";

#endif
