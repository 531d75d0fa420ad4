/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * What user space asks for: in objects for old kernels the value of a map, in others global
 * variables that an object declares before it includes this, so that the verifier removes what is
 * not asked for.
 */
#ifndef UPROF_SETTINGS_H
#define UPROF_SETTINGS_H

#ifdef UPROF_LEGACY

/* key: zero. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct uprof_settings);
} settings SEC(".maps");

static __always_inline const struct uprof_settings *current_settings(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&settings, &zero);
}

#define SETTING(all, name) ((all)->name)

#else

static __always_inline const struct uprof_settings *current_settings(void)
{
	/* Never looked at: there is no such struct. */
	return (const void *)&uprof_phase;
}

#define SETTING(all, name) (name)

#endif /* UPROF_LEGACY */

#endif /* UPROF_SETTINGS_H */
