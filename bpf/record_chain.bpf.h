/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* The recorder's programs that unwind, where a program has no loops. */
#ifndef UPROF_RECORD_CHAIN_H
#define UPROF_RECORD_CHAIN_H

#include "record_stack.bpf.h"

/* The chains of programs, one for each kind that begins a stack. */
struct unwind_chain {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, UNWIND_PROGRAMS);
	__type(key, __u32);
	__type(value, __u32);
} sample_programs SEC(".maps"), switch_programs SEC(".maps");

SEC("perf_event")
int sample_frames(struct bpf_perf_event_data *ctx)
{
	struct scratch *scratch = scratch_of(SCRATCH_SAMPLE);

	if (scratch)
		unwind_frames(ctx, &sample_programs, &scratch->unwind);
	count_loss(UPROF_LOSS_STACK_TABLE_FULL);
	return 0;
}

SEC("perf_event")
int sample_finish(struct bpf_perf_event_data *ctx)
{
	const struct uprof_settings *settings = current_settings();
	struct scratch *scratch = scratch_of(SCRATCH_SAMPLE);

	if (settings && scratch)
		finish_sample(settings, scratch);
	return 0;
}

SEC("raw_tp/sched_switch")
int switch_frames(struct bpf_raw_tracepoint_args *ctx)
{
	struct scratch *scratch = scratch_of(SCRATCH_SWITCH);

	if (scratch)
		unwind_frames(ctx, &switch_programs, &scratch->unwind);
	count_loss(UPROF_LOSS_STACK_TABLE_FULL);
	return 0;
}

SEC("raw_tp/sched_switch")
int switch_finish(struct bpf_raw_tracepoint_args *ctx)
{
	const struct uprof_settings *settings = current_settings();
	struct scratch *scratch = scratch_of(SCRATCH_SWITCH);

	if (settings && scratch)
		finish_block(settings, scratch);
	return 0;
}
/* Unwinds from where a stack begins; the last program keeps and counts it. */
static __always_inline void complete_sample(void *ctx, const struct uprof_settings *settings,
					    struct scratch *scratch, bool has_ended)
{
	begin_unwinding(ctx, &sample_programs, &scratch->unwind, has_ended);
	count_loss(UPROF_LOSS_STACK_TABLE_FULL);
}

static __always_inline void complete_block(void *ctx, const struct uprof_settings *settings,
					   struct scratch *scratch, bool has_ended)
{
	begin_unwinding(ctx, &switch_programs, &scratch->unwind, has_ended);
	count_loss(UPROF_LOSS_STACK_TABLE_FULL);
}

#endif /* UPROF_RECORD_CHAIN_H */
