// vasprintf
#define _GNU_SOURCE
#include "CLibBPF.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static uprof_log_sink log_sink;
static int log_level;

static int print_to_sink(enum libbpf_print_level level, const char *format, va_list arguments)
{
    char *message = NULL;
    int length;

    if ((int)level > log_level)
        return 0;
    length = vasprintf(&message, format, arguments);
    if (length < 0)
        return length;
    log_sink(level, message);
    free(message);
    return length;
}

void uprof_set_log_sink(int level, uprof_log_sink sink)
{
    log_level = level;
    log_sink = sink;
    libbpf_set_print(print_to_sink);
}

long uprof_global_offset(const struct bpf_object *object, const char *section, const char *name,
                         uint32_t *size)
{
    const struct btf *btf = bpf_object__btf(object);
    int section_id = btf ? btf__find_by_name_kind(btf, section, BTF_KIND_DATASEC) : -1;
    const struct btf_type *type;
    const struct btf_var_secinfo *variable;

    if (section_id < 0)
        return -1;
    type = btf__type_by_id(btf, section_id);
    variable = btf_var_secinfos(type);
    for (int i = 0; i < btf_vlen(type); i++, variable++) {
        const struct btf_type *variable_type = btf__type_by_id(btf, variable->type);

        if (strcmp(btf__name_by_offset(btf, variable_type->name_off), name))
            continue;
        *size = variable->size;
        return variable->offset;
    }
    return -1;
}

struct perf_event_attr uprof_task_event_attributes(void)
{
    struct perf_event_attr attributes;

    memset(&attributes, 0, sizeof(attributes));
    attributes.size = sizeof(attributes);
    attributes.type = PERF_TYPE_SOFTWARE;
    attributes.config = PERF_COUNT_SW_DUMMY;
    attributes.sample_period = 1;
    attributes.mmap = 1;
    attributes.mmap2 = 1;
    attributes.comm = 1;
    attributes.comm_exec = 1;
    attributes.task = 1;
    attributes.watermark = 1;
    attributes.wakeup_watermark = 1;
    return attributes;
}

struct perf_event_attr uprof_sampling_attributes(enum uprof_sampling_clock clock,
                                                 uint64_t frequency)
{
    struct perf_event_attr attributes;

    memset(&attributes, 0, sizeof(attributes));
    attributes.size = sizeof(attributes);
    attributes.exclude_idle = 1;
    if (clock == UPROF_SAMPLING_CYCLES) {
        attributes.type = PERF_TYPE_HARDWARE;
        attributes.config = PERF_COUNT_HW_CPU_CYCLES;
        attributes.freq = 1;
        attributes.sample_freq = frequency;
    } else {
        // A fixed period: each sample stands for the same time.
        attributes.type = PERF_TYPE_SOFTWARE;
        attributes.config = PERF_COUNT_SW_CPU_CLOCK;
        attributes.sample_period = 1000000000 / frequency;
    }
    return attributes;
}

// A clock that who reads the records can ask too. All events that share a ring have the same.
static void use_readers_clock(struct perf_event_attr *attributes)
{
    attributes->use_clockid = 1;
    attributes->clockid = CLOCK_MONOTONIC;
}

struct perf_event_attr uprof_stack_sampling_attributes(enum uprof_sampling_clock clock,
                                                       uint64_t frequency, uint32_t stack_bytes,
                                                       bool with_kernel)
{
    struct perf_event_attr attributes = uprof_sampling_attributes(clock, frequency);

    attributes.disabled = 1;
    attributes.inherit = 1;
    attributes.exclude_hv = 1;
    attributes.exclude_kernel = !with_kernel;
    attributes.sample_type = PERF_SAMPLE_IP | PERF_SAMPLE_TID | PERF_SAMPLE_TIME |
                             PERF_SAMPLE_REGS_USER | PERF_SAMPLE_STACK_USER;
    if (with_kernel) {
        attributes.sample_type |= PERF_SAMPLE_CALLCHAIN;
        attributes.exclude_callchain_user = 1;
    }
    // arch/x86/include/uapi/asm/perf_regs.h: ax to ip, and r8 to r15.
    attributes.sample_regs_user = 0x1ff | 0xff << 16;
    attributes.sample_stack_user = stack_bytes;
    attributes.mmap = 1;
    attributes.mmap2 = 1;
    attributes.comm = 1;
    attributes.comm_exec = 1;
    attributes.task = 1;
    // A time behind each record.
    attributes.sample_id_all = 1;
    use_readers_clock(&attributes);
    return attributes;
}

struct perf_event_attr uprof_ring_attributes(uint32_t watermark)
{
    struct perf_event_attr attributes;

    memset(&attributes, 0, sizeof(attributes));
    attributes.size = sizeof(attributes);
    attributes.type = PERF_TYPE_SOFTWARE;
    attributes.config = PERF_COUNT_SW_DUMMY;
    attributes.exclude_kernel = 1;
    attributes.exclude_hv = 1;
    attributes.watermark = 1;
    attributes.wakeup_watermark = watermark;
    use_readers_clock(&attributes);
    return attributes;
}

int uprof_perf_enable(int descriptor, bool is_on)
{
    int request = is_on ? PERF_EVENT_IOC_ENABLE : PERF_EVENT_IOC_DISABLE;

    return ioctl(descriptor, request, 0) < 0 ? -errno : 0;
}

int uprof_perf_redirect(int descriptor, int ring)
{
    return ioctl(descriptor, PERF_EVENT_IOC_SET_OUTPUT, ring) < 0 ? -errno : 0;
}

uint64_t uprof_perf_head(const void *page)
{
    return __atomic_load_n(&((const struct perf_event_mmap_page *)page)->data_head,
                           __ATOMIC_ACQUIRE);
}

uint64_t uprof_perf_tail(const void *page)
{
    return ((const struct perf_event_mmap_page *)page)->data_tail;
}

void uprof_perf_set_tail(void *page, uint64_t tail)
{
    __atomic_store_n(&((struct perf_event_mmap_page *)page)->data_tail, tail, __ATOMIC_RELEASE);
}

int uprof_poll_set(void)
{
    int descriptor = epoll_create1(EPOLL_CLOEXEC);

    return descriptor < 0 ? -errno : descriptor;
}

int uprof_poll_add(int set, int descriptor)
{
    struct epoll_event interest = {.events = EPOLLIN, .data.fd = descriptor};

    return epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &interest) < 0 ? -errno : 0;
}

int uprof_perf_event_open(struct perf_event_attr *attributes, int pid, int cpu, int group,
                          unsigned long flags)
{
    int descriptor = syscall(SYS_perf_event_open, attributes, pid, cpu, group, flags);

    return descriptor < 0 ? -errno : descriptor;
}

uint64_t uprof_take(uint64_t *word)
{
    return __atomic_exchange_n(word, 0, __ATOMIC_ACQ_REL);
}

// include/uapi/linux/bpf.h of newer kernels: BPF_F_UPROBE_MULTI_RETURN, and the part of union
// bpf_attr that BPF_LINK_CREATE reads.
enum { UPROBE_MULTI_RETURN = 1 };

struct multi_link_attributes {
    uint32_t program;
    uint32_t target;
    uint32_t attach_type;
    uint32_t flags;
    uint64_t path;
    uint64_t offsets;
    uint64_t reference_counters;
    uint64_t cookies;
    uint32_t count;
    uint32_t multi_flags;
    uint32_t process;
    uint32_t reserved;
};

int uprof_prepare_for_multi(struct bpf_program *program, enum uprof_multi_kind kind)
{
    return bpf_program__set_expected_attach_type(program, (enum bpf_attach_type)kind);
}

int uprof_attach_multi(int program, const struct uprof_multi_sites *sites)
{
    struct multi_link_attributes attributes = {
        .program = program,
        .attach_type = sites->kind,
        .path = (uintptr_t)sites->path,
        .offsets = (uintptr_t)sites->offsets,
        .cookies = (uintptr_t)sites->cookies,
        .count = sites->count,
        .multi_flags = sites->at_return ? UPROBE_MULTI_RETURN : 0,
        .process = sites->process,
    };
    int descriptor = syscall(SYS_bpf, BPF_LINK_CREATE, &attributes, sizeof(attributes));

    return descriptor < 0 ? -errno : descriptor;
}

bool uprof_has_multi(enum uprof_multi_kind kind)
{
    const struct bpf_insn nothing[] = {
        {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0},
        {.code = BPF_JMP | BPF_EXIT},
    };
    LIBBPF_OPTS(bpf_prog_load_opts, options,
                .expected_attach_type = (enum bpf_attach_type)kind);
    const uint64_t offset = 0;
    struct uprof_multi_sites sites = {.path = "/", .offsets = &offset, .count = 1, .kind = kind};
    int program = bpf_prog_load(BPF_PROG_TYPE_KPROBE, "uprof_multi", "GPL", nothing, 2, &options);
    bool is_known, is_filtering;

    if (program < 0)
        return false;
    // A directory is no file to probe: kernels that know the link say EBADF.
    is_known = uprof_attach_multi(program, &sites) == -EBADF;
    // Kernels whose filter compares processes, not threads, refuse an impossible one first.
    sites.process = UINT32_MAX;
    is_filtering = uprof_attach_multi(program, &sites) == -EINVAL;
    close(program);
    return is_known && is_filtering;
}
