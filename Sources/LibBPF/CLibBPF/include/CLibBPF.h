// libbpf for Swift: its headers, and shims for what Swift cannot import
// (variadic callbacks, inline BTF accessors, bit fields, atomics on mapped memory).
#ifndef UPROF_CLIBBPF_H
#define UPROF_CLIBBPF_H

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <linux/perf_event.h>
#include <stdbool.h>
#include <stdint.h>

/// Receives one formatted libbpf message; level is an enum libbpf_print_level.
typedef void (*uprof_log_sink)(int level, const char *message);

/// Sends every later message of libbpf to sink, up to a level, an enum libbpf_print_level: others
/// are not even formatted.
void uprof_set_log_sink(int level, uprof_log_sink sink);

/// Offset of a global variable in its section's map, or -1; *size receives its bytes.
long uprof_global_offset(const struct bpf_object *object, const char *section, const char *name,
                         uint32_t *size);

/// Attributes of an event that reports executable mappings, forks, execs and exits.
struct perf_event_attr uprof_task_event_attributes(void);

/// What a sampling event counts.
enum uprof_sampling_clock {
    UPROF_SAMPLING_CPU_CLOCK, ///< time on the processor, by a timer of the kernel
    UPROF_SAMPLING_CYCLES,    ///< cycles, by the processor itself
};

/// Attributes of an event that samples what runs on a CPU, frequency times a second.
struct perf_event_attr uprof_sampling_attributes(enum uprof_sampling_clock clock,
                                                 uint64_t frequency);

/// How many registers a sample of uprof_stack_sampling_attributes has: the general ones and the
/// program counter.
#define UPROF_SAMPLED_REGISTERS 17

/// Attributes of an event that samples a thread and those that it starts, with their registers
/// and the first stack_bytes of their stacks; off until it is turned on. It also reports
/// what uprof_task_event_attributes does.
struct perf_event_attr uprof_stack_sampling_attributes(enum uprof_sampling_clock clock,
                                                       uint64_t frequency, uint32_t stack_bytes,
                                                       bool with_kernel);

/// Attributes of an event that reports nothing itself: the ring of others, which is readable when
/// there are that many bytes.
struct perf_event_attr uprof_ring_attributes(uint32_t watermark);

/// Turns an event on or off, those it is inherited by too. Returns a negated errno.
int uprof_perf_enable(int descriptor, bool is_on);

/// Sends the records of an event to the ring of another one. Returns a negated errno.
int uprof_perf_redirect(int descriptor, int ring);

/// How many bytes the kernel has written into the ring that starts with page, ever.
uint64_t uprof_perf_head(const void *page);

/// How many bytes of the ring have been read, ever.
uint64_t uprof_perf_tail(const void *page);

/// Lets the kernel write over what has been read.
void uprof_perf_set_tail(void *page, uint64_t tail);

/// A descriptor that is readable when one of those added to it is, or a negated errno.
int uprof_poll_set(void);

/// Adds a descriptor to a set. Returns a negated errno.
int uprof_poll_add(int set, int descriptor);

/// perf_event_open(2), or a negated errno.
int uprof_perf_event_open(struct perf_event_attr *attributes, int pid, int cpu, int group,
                          unsigned long flags);

/// The kinds of link with many uprobes, by the kernel's numbers (enum bpf_attach_type).
enum uprof_multi_kind {
    UPROF_UPROBE_MULTI = 48,   ///< Linux 6.6
    UPROF_UPROBE_SESSION = 57, ///< Linux 6.13: entry and return in one
};

/// Places in a file for one link of many uprobes (Linux 6.6), which libbpf 1.1 does not know.
struct uprof_multi_sites {
    const char *path;
    const uint64_t *offsets; ///< in the file, in bytes
    const uint64_t *cookies;
    uint32_t count;
    uint32_t process; ///< zero for all that map the file
    bool at_return;
    enum uprof_multi_kind kind;
};

/// Lets a program be attached by links of many uprobes; before loading.
int uprof_prepare_for_multi(struct bpf_program *program, enum uprof_multi_kind kind);

/// Attaches a program at all sites or at none. Returns a descriptor or a negated errno.
int uprof_attach_multi(int program, const struct uprof_multi_sites *sites);

/// Whether the kernel has such links, with a process filter that works (6.10 and later).
bool uprof_has_multi(enum uprof_multi_kind kind);

/// Loads a copy of a loaded program in which a number, the operand of a 64-bit load, is another one.
/// Returns a descriptor or a negated errno; ESRCH where the number is nowhere.
int uprof_load_copy(const struct bpf_object *object, const struct bpf_program *program,
                    uint64_t placeholder, uint64_t cookie);

/// Runs a program at an offset of a file, through an event of the uprobe PMU, whose type and
/// configuration sysfs tells. process: -1 for all. Returns the event or a negated errno.
int uprof_attach_uprobe(int program, int process, const char *path, uint64_t offset, uint32_t type,
                        uint64_t configuration);

/// Runs a program at a tracepoint, by its number in tracefs. Returns the event or a negated errno.
int uprof_attach_tracepoint(int program, int process, uint64_t tracepoint);

/// Replaces the word with zero, whatever else writes to it, and returns what it was.
uint64_t uprof_take(uint64_t *word);

#endif
