// SPDX-License-Identifier: Apache-2.0
/*
 * Runs a command under a seccomp filter that denies one system call, as those of containers do.
 *
 *	denied bpf|perf_event_open COMMAND [ARGUMENT]...
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int number_of(const char *name)
{
	if (!strcmp(name, "bpf"))
		return __NR_bpf;
	return strcmp(name, "perf_event_open") ? -1 : __NR_perf_event_open;
}

static int deny(int number)
{
	struct sock_filter instructions[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = {
	    .len = sizeof(instructions) / sizeof(*instructions),
	    .filter = instructions,
	};

	/* Also those without privileges may filter themselves then. */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

int main(int argc, char **argv)
{
	if (argc < 3 || number_of(argv[1]) < 0)
		return 99;
	if (deny(number_of(argv[1]))) {
		perror("denied: seccomp");
		return 99;
	}
	execv(argv[2], argv + 2);
	perror(argv[2]);
	return 99;
}
