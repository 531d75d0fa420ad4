internal import CLibBPF
internal import Glibc

/// The side-band records of every process on the host: mappings, forks, execs and exits.
///
/// One dummy software event per CPU carries them; no BPF program is involved.
package struct TaskEventReader: ~Copyable {
    private var rings: [PerfRingBox] = []
    private let receive: (TaskEvent) -> Void

    /// Readable when there are records.
    package let descriptor: Int32

    /// Pages of each CPU's buffer; a power of two.
    private static let pagesPerCPU = 32

    /// Starts listening; every event goes to `receive`, from within `consume()`.
    ///
    /// - Throws: `BPFError` if the kernel does not allow it.
    package init(receive: @escaping (TaskEvent) -> Void) throws(BPFError) {
        var attributes = uprof_task_event_attributes()
        let poll = uprof_poll_set()
        guard poll >= 0 else { throw BPFError("listen for new mappings", errno: poll) }
        var rings: [PerfRingBox] = []
        do throws(BPFError) {
            for cpu in PossibleCPUs.all {
                let event = uprof_perf_event_open(&attributes, -1, cpu, -1, 1 << 3)
                if event == -ENODEV { continue }  // not online
                guard event >= 0 else { throw BPFError("listen for new mappings", errno: -event) }
                rings.append(PerfRingBox(try PerfRing(event: event, pages: Self.pagesPerCPU)))
                _ = uprof_poll_add(poll, event)
            }
        } catch {
            close(poll)
            throw error
        }
        descriptor = poll
        self.rings = rings
        self.receive = receive
    }

    deinit {
        close(descriptor)
    }

    /// Hands over all records there are, without waiting.
    package func consume() {
        for box in rings {
            box.ring.consume { record in
                if let event = TaskEvent(record: record) { receive(event) }
            }
        }
    }
}
