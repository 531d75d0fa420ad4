// One program and one perf event to a uprobe, as kernels before 5.15 have it.
#include "CLibBPF.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

// Replaces the operand of every 64-bit load of a number. Returns how many there were.
static int replace_number(struct bpf_insn *instructions, size_t count, uint64_t from, uint64_t to)
{
    int replaced = 0;

    for (size_t i = 0; i + 1 < count; i++) {
        uint64_t number = (uint32_t)instructions[i].imm | (uint64_t)instructions[i + 1].imm << 32;

        if (instructions[i].code != (BPF_LD | BPF_IMM | BPF_DW))
            continue;
        if (!instructions[i].src_reg && number == from) {
            instructions[i].imm = (int32_t)to;
            instructions[i + 1].imm = (int32_t)(to >> 32);
            replaced++;
        }
        i++;
    }
    return replaced;
}

int uprof_load_copy(const struct bpf_object *object, const struct bpf_program *program,
                    uint64_t placeholder, uint64_t cookie)
{
    size_t count = bpf_program__insn_cnt(program);
    struct bpf_insn *instructions = calloc(count, sizeof(*instructions));
    LIBBPF_OPTS(bpf_prog_load_opts, options, .kern_version = bpf_object__kversion(object));
    int descriptor = -ESRCH;

    if (!instructions)
        return -ENOMEM;
    memcpy(instructions, bpf_program__insns(program), count * sizeof(*instructions));
    if (replace_number(instructions, count, placeholder, cookie))
        descriptor = bpf_prog_load(bpf_program__type(program), bpf_program__name(program),
                                   "Dual BSD/GPL", instructions, count, &options);
    free(instructions);
    return descriptor;
}

static int attach(struct perf_event_attr *attributes, int process, int program)
{
    int event = uprof_perf_event_open(attributes, process, process < 0 ? 0 : -1, -1,
                                      PERF_FLAG_FD_CLOEXEC);

    if (event < 0)
        return event;
    if (ioctl(event, PERF_EVENT_IOC_SET_BPF, program) || ioctl(event, PERF_EVENT_IOC_ENABLE, 0)) {
        int reason = errno;

        close(event);
        return -reason;
    }
    return event;
}

int uprof_attach_uprobe(int program, int process, const char *path, uint64_t offset, uint32_t type,
                        uint64_t configuration)
{
    struct perf_event_attr attributes;

    memset(&attributes, 0, sizeof(attributes));
    attributes.size = sizeof(attributes);
    attributes.type = type;
    attributes.config = configuration;
    attributes.uprobe_path = (uintptr_t)path;
    attributes.probe_offset = offset;
    return attach(&attributes, process, program);
}

int uprof_attach_tracepoint(int program, int process, uint64_t tracepoint)
{
    struct perf_event_attr attributes;

    memset(&attributes, 0, sizeof(attributes));
    attributes.size = sizeof(attributes);
    attributes.type = PERF_TYPE_TRACEPOINT;
    attributes.config = tracepoint;
    attributes.sample_period = 1;
    attributes.wakeup_events = 1;
    return attach(&attributes, process, program);
}
