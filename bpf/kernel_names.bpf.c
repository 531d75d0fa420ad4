// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* What the kernel calls its functions: user space runs this for each address (Linux 5.14). */
#include "kernel_types.bpf.h"
#include <bpf/bpf_helpers.h>
#include "uprof_abi.h"

/*
 * Leaves the name, how far behind the beginning of the function the address is, and its size.
 * Returns how many bytes that takes, with the zero byte; more than there is room for: cut off.
 */
SEC("syscall")
int name_kernel_function(struct uprof_kernel_name *query)
{
	/* Before Linux 6.1, helpers do not write to a context. */
	__u64 words[UPROF_KERNEL_NAME_WORDS] = {};
	long size = BPF_SNPRINTF((char *)words, sizeof(words), "%pS", query->address);

#pragma unroll
	for (int i = 0; i < UPROF_KERNEL_NAME_WORDS; i++)
		query->words[i] = words[i];
	return size;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
