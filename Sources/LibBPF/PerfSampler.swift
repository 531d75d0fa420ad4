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
    private let cpus = PossibleCPUs.all
    private var rings: [Int32: PerfRingBox] = [:]
    private var events: [Int32] = []
    private var queue = PerfRecordQueue()

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
        for event in events { close(event) }
    }

    /// Adds a thread; those that it starts later are sampled too.
    ///
    /// - Throws: `BPFError` if the kernel does not permit it, or the thread is gone.
    package func add(thread: Int32) throws(BPFError) {
        var attributes = uprof_stack_sampling_attributes(
            clock.kind, frequency, Self.stackBytes, withKernel)
        for cpu in cpus {
            guard let ring = try ring(of: cpu) else { continue }
            let event = uprof_perf_event_open(&attributes, thread, cpu, -1, 1 << 3)
            guard event >= 0 else { throw BPFError("sample thread \(thread)", errno: -event) }
            events.append(event)
            let result = uprof_perf_redirect(event, ring.descriptor)
            guard result == 0 else {
                throw BPFError("share the ring of CPU \(cpu)", errno: result)
            }
        }
    }

    /// The ring of a CPU, as large as the kernel allows; nil if the CPU is not online.
    ///
    /// It belongs to an event of this process: one of a thread that has ended is readable for ever.
    private func ring(of cpu: Int32) throws(BPFError) -> PerfRingBox? {
        if let ring = rings[cpu] { return ring }
        var attributes = uprof_ring_attributes(2 * Self.stackBytes)
        for pages in Self.ringPages {
            let event = uprof_perf_event_open(&attributes, 0, cpu, -1, 1 << 3)
            if event == -ENODEV { return nil }
            guard event >= 0 else { throw BPFError("open a ring for samples", errno: -event) }
            do throws(BPFError) {
                let ring = PerfRingBox(try PerfRing(event: event, pages: pages))
                _ = uprof_poll_add(descriptor, event)
                rings[cpu] = ring
                return ring
            } catch {
                if pages == Self.ringPages.last { throw error }
            }
        }
        return nil
    }

    /// Turns sampling on or off.
    package func setActive(_ isActive: Bool) {
        for event in events { _ = uprof_perf_enable(event, isActive) }
    }

    /// Hands over the records of all CPUs in their order in time, without waiting: what was written
    /// before this call.
    package func consume(_ receive: (PerfRecord) -> Void) {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        for ring in rings.values {
            ring.ring.consume { bytes in
                queue.add(
                    PerfRecord.all(in: bytes, hasKernelFrames: withKernel),
                    at: PerfRecord.time(of: bytes))
            }
        }
        // What came to one ring while another was read may follow on what did not: it can wait.
        let end = UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
        for record in queue.take(until: end) { receive(record) }
    }
}
