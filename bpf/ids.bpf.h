/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* What user space calls the current process and thread. */
#ifndef UPROF_IDS_H
#define UPROF_IDS_H

/* The process and thread ids in the pid namespace uprof runs in (the tgid in the upper half). */
static __always_inline __u64 current_ids(void)
{
#ifdef UPROF_LEGACY
	return bpf_get_current_pid_tgid();
#else
	struct bpf_pidns_info ids;

	if (!pid_namespace_inode)
		return bpf_get_current_pid_tgid();
	if (bpf_get_ns_current_pid_tgid(pid_namespace_device, pid_namespace_inode, &ids,
					sizeof(ids)))
		return 0;
	return (__u64)ids.tgid << 32 | ids.pid;
#endif
}

#endif /* UPROF_IDS_H */
