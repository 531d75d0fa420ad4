internal import CLibBPF
internal import Glibc

/// What makes a sampling event fire.
package enum SamplingClock: Sendable {
    /// Cycles, where the processor lets them be counted: sees also what runs with interrupts off.
    case cycles
    /// A timer of the kernel.
    case cpuClock

    /// The best there is on this machine.
    package static var best: SamplingClock {
        var attributes = uprof_sampling_attributes(UPROF_SAMPLING_CYCLES, 99)
        let descriptor = uprof_perf_event_open(&attributes, -1, 0, -1, 0)
        guard descriptor >= 0 else { return .cpuClock }
        close(descriptor)
        return .cycles
    }

    var kind: uprof_sampling_clock {
        switch self {
        case .cycles: UPROF_SAMPLING_CYCLES
        case .cpuClock: UPROF_SAMPLING_CPU_CLOCK
        }
    }
}

extension BPFLinks {
    /// Runs a program of an object some times a second on each CPU, on whatever runs there.
    ///
    /// The corresponding C function is `bpf_program__attach_perf_event`.
    ///
    /// - Throws: `BPFError` if the kernel does not permit it.
    package mutating func attachSampling(
        _ name: String, of object: borrowing BPFObject, clock: SamplingClock, frequency: UInt64
    ) throws(BPFError) {
        let program = try object.program(name)
        var attributes = uprof_sampling_attributes(clock.kind, frequency)
        for cpu in PossibleCPUs.all {
            let descriptor = uprof_perf_event_open(&attributes, -1, cpu, -1, 1 << 3)
            if descriptor == -ENODEV { continue }  // not online
            guard descriptor >= 0 else { throw BPFError("sample CPU \(cpu)", errno: -descriptor) }
            var link: OpaquePointer?
            do {
                try BPFLog.check("sample CPU \(cpu)") {
                    link = bpf_program__attach_perf_event(program, descriptor)
                    return link == nil ? -errno : 0
                }
            } catch {
                close(descriptor)
                throw error
            }
            // The link closes the descriptor.
            if let link { add(link) }
        }
    }
}
