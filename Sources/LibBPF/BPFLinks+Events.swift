internal import CLibBPF
internal import Glibc

/// Attaching to events of the kernel.
extension BPFLinks {
    /// Attaches a program to a tracepoint.
    ///
    /// The corresponding C function is `bpf_program__attach_tracepoint`.
    ///
    /// - Throws: `BPFError` if the kernel has none of this name, or refuses.
    package mutating func attach(
        _ name: String, of object: borrowing BPFObject, toTracepoint event: String,
        in category: String
    ) throws(BPFError) {
        let program = try object.program(name)
        try add("attach to the tracepoint \(category)/\(event)") {
            bpf_program__attach_tracepoint(program, category, event)
        }
    }

    /// Attaches a program to a raw tracepoint (Linux 4.17).
    ///
    /// The corresponding C function is `bpf_program__attach_raw_tracepoint`.
    ///
    /// - Throws: `BPFError` if the kernel has none of this name, or refuses.
    package mutating func attach(
        _ name: String, of object: borrowing BPFObject, toRawTracepoint event: String
    ) throws(BPFError) {
        let program = try object.program(name)
        try add("attach to the raw tracepoint \(event)") {
            bpf_program__attach_raw_tracepoint(program, event)
        }
    }

    /// Attaches a program to a function of the kernel.
    ///
    /// The corresponding C function is `bpf_program__attach_kprobe`.
    ///
    /// - Throws: `BPFError` if the kernel has no such function or no such probes, or refuses.
    package mutating func attach(
        _ name: String, of object: borrowing BPFObject, toKernelFunction function: String,
        atReturn: Bool
    ) throws(BPFError) {
        let program = try object.program(name)
        try add("probe the kernel's function \(function)") {
            bpf_program__attach_kprobe(program, atReturn, function)
        }
    }

    /// Runs a program on each processor so often a second, while anything runs there.
    ///
    /// The corresponding C function is `bpf_program__attach_perf_event`.
    ///
    /// - Throws: `BPFError` if the kernel refuses.
    package mutating func attach(
        _ name: String, of object: borrowing BPFObject, timesASecond frequency: UInt64
    ) throws(BPFError) {
        let program = try object.program(name)
        var attributes = uprof_sampling_attributes(UPROF_SAMPLING_CPU_CLOCK, frequency)
        for cpu in 0..<libbpf_num_possible_cpus() {
            let event = uprof_perf_event_open(&attributes, -1, cpu, -1, 1 << 3)
            if event == -ENODEV { continue }  // not online
            guard event >= 0 else { throw BPFError("sample processor \(cpu)", errno: -event) }
            do throws(BPFError) {
                // The link owns the event from here on.
                try add("sample processor \(cpu)") {
                    bpf_program__attach_perf_event(program, event)
                }
            } catch {
                close(event)
                throw error
            }
        }
    }

    private mutating func add(
        _ operation: String, _ attach: () -> OpaquePointer?
    ) throws(BPFError) {
        var link: OpaquePointer?
        try BPFLog.check(operation) {
            link = attach()
            return link == nil ? -errno : 0
        }
        if let link { add(link) }
    }
}
