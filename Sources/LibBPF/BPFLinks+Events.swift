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
