/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * What differs where objects are compiled for old kernels (UPROF_LEGACY): down to Linux 4.14, and
 * Red Hat's of the same age. There: no global data, no loops, no functions of their own, no atomic
 * operations but addition, no attach cookies, no more than 4,096 instructions to a program, and
 * no helper that is younger.
 */
#ifndef UPROF_LEGACY_H
#define UPROF_LEGACY_H

#ifdef UPROF_LEGACY

/* On x86 the older one reads either memory. */
#define bpf_probe_read_user   bpf_probe_read
#define bpf_probe_read_kernel bpf_probe_read

/*
 * A field of a structure of the kernel; zero where the types that are known of the kernel do not
 * have it, as those of old kernels, made for other programs, may not.
 */
#define HAS(pointer, field) bpf_core_field_exists((pointer)->field)
#define READ(pointer, field)                                                                       \
	({                                                                                         \
		typeof(pointer) from = (pointer);                                                  \
		typeof(from->field) value = 0;                                                     \
                                                                                                   \
		if (HAS(from, field)) {                                                            \
			/* What is not there must not be touched before it is known to be there.   \
			 */                                                                        \
			asm volatile("" : "+r"(from));                                             \
			bpf_core_read((void *)&value, sizeof(value), &from->field);                \
		}                                                                                  \
		value;                                                                             \
	})

/* Nor do they let arrays be mapped into a process (Linux 5.5). */
#define ARRAY_FLAGS 0

#define FUNCTION static __always_inline
#define BOUNDED	 _Pragma("clang loop unroll(full)")

/*
 * The cookie of the place a program is attached to: user space loads a copy of the program for
 * each, with the cookie in place of this number (UPROF_COOKIE_PLACEHOLDER).
 */
static __always_inline __u64 attach_cookie(void *ctx)
{
	__u64 cookie;

	asm volatile("%0 = 0x6469652d7570726f ll" : "=r"(cookie));
	return cookie;
}

#else

#define HAS(pointer, field)  true
#define READ(pointer, field) BPF_CORE_READ(pointer, field)

#define ARRAY_FLAGS BPF_F_MMAPABLE

/* Not static: the verifier then looks at it once, whatever calls it. */
#define FUNCTION    __noinline
/*
 * Stays a loop: a function is looked through once for each place that calls it when the depth of
 * all stacks is checked, and again for each place that calls the one around it.
 */
#define BOUNDED	    _Pragma("clang loop unroll(disable)")

#define attach_cookie(ctx) bpf_get_attach_cookie(ctx)

#endif /* UPROF_LEGACY */

#endif /* UPROF_LEGACY_H */
