internal import CLibBPF
internal import Glibc

/// Samples threads of processes, and the threads and processes that they start, without BPF: the
/// kernel copies registers and stacks into rings.
///
/// An event belongs to one thread and one CPU, since a ring cannot be shared by CPUs; those of one
/// CPU share its ring.
package final class PerfSampler {
    private let clock: SamplingClock
    private let frequency: UInt64
    private let cpuCount = Int32(max(libbpf_num_possible_cpus(), 1))
    private var rings: [Int32: PerfRingBox] = [:]
    private var redirected: [Int32] = []

    /// Readable when there are records.
    package let descriptor = uprof_poll_set()

    /// Whether samples have the kernel's part of the stack.
    package let withKernel: Bool

    /// How much of a stack is copied, in bytes: a record has less than 64 KiB.
    private static let stackBytes: UInt32 = 32 << 10
    /// What is tried for the pages of each ring: all a user may lock without privileges is 516 KiB
    /// for each CPU (perf_event_mlock_kb).
    private static let ringPages = [1024, 128, 64, 32]

    /// Samples nothing yet.
    ///
    /// - Parameters:
    ///   - clock: What samples are taken by.
    ///   - frequency: How many samples are taken a second.
    ///   - withKernel: Whether time in the kernel is sampled, which takes more rights.
    package init(clock: SamplingClock, frequency: UInt64, withKernel: Bool) {
        self.clock = clock
        self.frequency = frequency
        self.withKernel = withKernel
    }

    deinit {
        close(descriptor)
        for descriptor in redirected { close(descriptor) }
    }

    /// Adds a thread; those that it starts later are sampled too.
    ///
    /// - Throws: `BPFError` if the kernel does not permit it, or the thread is gone.
    package func add(thread: Int32) throws(BPFError) {
        var attributes = uprof_stack_sampling_attributes(
            clock.kind, frequency, Self.stackBytes, withKernel)
        for cpu in 0..<cpuCount {
            let descriptor = uprof_perf_event_open(&attributes, thread, cpu, -1, 1 << 3)
            if descriptor == -ENODEV { continue }  // not online
            guard descriptor >= 0 else {
                throw BPFError("sample thread \(thread)", errno: -descriptor)
            }
            if let ring = rings[cpu] {
                redirected.append(descriptor)
                let result = uprof_perf_redirect(descriptor, ring.descriptor)
                guard result == 0 else {
                    throw BPFError("share the ring of CPU \(cpu)", errno: result)
                }
            } else {
                let ring = try Self.ring(of: descriptor)
                _ = uprof_poll_add(self.descriptor, ring.descriptor)
                rings[cpu] = ring
            }
        }
    }

    /// A ring of an event as large as the kernel allows.
    private static func ring(of descriptor: Int32) throws(BPFError) -> PerfRingBox {
        for pages in ringPages.dropLast() {
            let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
            guard copy >= 0 else { break }
            if let ring = try? PerfRing(event: copy, pages: pages) {
                close(descriptor)
                return PerfRingBox(ring)
            }
        }
        return PerfRingBox(try PerfRing(event: descriptor, pages: ringPages[ringPages.count - 1]))
    }

    /// Turns sampling on or off.
    package func setActive(_ isActive: Bool) {
        for descriptor in rings.values.map(\.descriptor) + redirected {
            _ = uprof_perf_enable(descriptor, isActive)
        }
    }

    /// Hands over all records there are, without waiting.
    package func consume(_ receive: (PerfRecord) -> Void) {
        for ring in rings.values {
            ring.ring.consume { bytes in
                for record in PerfRecord.all(in: bytes, hasKernelFrames: withKernel) {
                    receive(record)
                }
            }
        }
    }
}
