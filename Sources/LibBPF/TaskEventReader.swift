internal import CLibBPF
internal import Glibc

/// The side-band records of every process on the host: mappings, forks, execs and exits.
///
/// One dummy software event per CPU carries them; no BPF program is involved. The corresponding C
/// type is `struct perf_buffer`.
package struct TaskEventReader: ~Copyable {
    private let handle: OpaquePointer
    private let map: Int32
    private let context: Unmanaged<Receiver>

    /// Pages of each CPU's buffer; a power of two.
    private static let pagesPerCPU = 64

    /// Starts listening; every event goes to `receive`, from within `consume()`.
    ///
    /// - Throws: `BPFError` if the kernel does not allow it.
    package init(receive: @escaping (TaskEvent) -> Void) throws(BPFError) {
        var attributes = uprof_task_event_attributes()
        let map = try BPFLog.check("create a map for perf events") {
            let descriptor = bpf_map_create(
                BPF_MAP_TYPE_PERF_EVENT_ARRAY, "task_events", 4, 4,
                UInt32(libbpf_num_possible_cpus()),
                nil)
            return descriptor < 0 ? -errno : descriptor
        }
        let context = Unmanaged.passRetained(Receiver(receive))
        var handle: OpaquePointer?
        do {
            try BPFLog.check("listen for new mappings") {
                handle = perf_buffer__new_raw(
                    map, Self.pagesPerCPU, &attributes,
                    { context, _, header in
                        guard let context, let header else { return LIBBPF_PERF_EVENT_CONT }
                        let receiver = Unmanaged<Receiver>.fromOpaque(context)
                            .takeUnretainedValue()
                        let size = Int(
                            UnsafeRawPointer(header).load(
                                fromByteOffset: 6, as: UInt16.self))
                        let record = UnsafeRawBufferPointer(start: header, count: size)
                        if let event = TaskEvent(record: record.bytes) { receiver.receive(event) }
                        return LIBBPF_PERF_EVENT_CONT
                    }, context.toOpaque(), nil)
                return handle == nil ? -errno : 0
            }
        } catch {
            context.release()
            close(map)
            throw error
        }
        guard let handle else { throw BPFError("listen for new mappings", errno: EINVAL) }
        self.handle = handle
        self.map = map
        self.context = context
    }

    deinit {
        perf_buffer__free(handle)
        close(map)
        context.release()
    }

    /// Readable when there are records.
    package var descriptor: Int32 { perf_buffer__epoll_fd(handle) }

    /// Hands over all records there are, without waiting.
    package func consume() {
        _ = perf_buffer__consume(handle)
    }

    /// What C holds on to.
    private final class Receiver {
        let receive: (TaskEvent) -> Void

        init(_ receive: @escaping (TaskEvent) -> Void) {
            self.receive = receive
        }
    }
}
