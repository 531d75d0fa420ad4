internal import CLibBPF
internal import Glibc

/// The reading end of a perf event array map: a ring for each processor, as there was before ring
/// buffer maps. The corresponding C type is `struct perf_buffer`.
package struct PerfBuffer: ~Copyable {
    private let handle: OpaquePointer
    private let context: Unmanaged<Receiver>

    /// Starts reading a map; every record goes to `receive`, from within `consume()`.
    ///
    /// - Parameters:
    ///   - map: The map.
    ///   - pages: How large each ring is, in pages; a power of two.
    ///   - receive: Is given the records. There can be zeros behind what a program has sent.
    ///   - lose: Is told how many records had no room.
    /// - Throws: `BPFError` if the map cannot be read.
    package init(
        _ map: borrowing BPFMap, pages: Int, receive: @escaping (RawSpan) -> Void,
        lose: @escaping (UInt64) -> Void
    ) throws(BPFError) {
        let context = Unmanaged.passRetained(Receiver(receive, lose))
        let handle = perf_buffer__new(
            map.descriptor, pages,
            { context, _, data, size in
                guard let context, let data else { return }
                let receiver = Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue()
                receiver.receive(UnsafeRawBufferPointer(start: data, count: Int(size)).bytes)
            },
            { context, _, count in
                guard let context else { return }
                Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue().lose(count)
            }, context.toOpaque(), nil)
        guard let handle else {
            let reason = errno
            context.release()
            throw BPFError("read the BPF perf buffer \(map.name)", errno: reason)
        }
        self.handle = handle
        self.context = context
    }

    deinit {
        perf_buffer__free(handle)
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
        let receive: (RawSpan) -> Void
        let lose: (UInt64) -> Void

        init(_ receive: @escaping (RawSpan) -> Void, _ lose: @escaping (UInt64) -> Void) {
            self.receive = receive
            self.lose = lose
        }
    }
}
