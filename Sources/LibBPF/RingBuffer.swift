internal import CLibBPF
internal import Glibc

/// The reading end of a ring buffer map (Linux 5.8). The corresponding C type is
/// `struct ring_buffer`.
package struct RingBuffer: ~Copyable {
    private let handle: OpaquePointer
    private let context: Unmanaged<Receiver>

    /// Starts reading a map; every record goes to `receive`, from within `consume()`.
    ///
    /// - Throws: `BPFError` if the map cannot be read.
    package init(
        _ map: borrowing BPFMap, receive: @escaping (RawSpan) -> Void
    ) throws(BPFError) {
        let context = Unmanaged.passRetained(Receiver(receive))
        let handle = ring_buffer__new(
            map.descriptor,
            { context, data, size in
                guard let context, let data else { return 0 }
                let receiver = Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue()
                let bytes = UnsafeRawBufferPointer(start: data, count: size)
                receiver.receive(bytes.bytes)
                return 0
            }, context.toOpaque(), nil)
        guard let handle else {
            let reason = errno
            context.release()
            throw BPFError("read the BPF ring buffer \(map.name)", errno: reason)
        }
        self.handle = handle
        self.context = context
    }

    deinit {
        ring_buffer__free(handle)
        context.release()
    }

    /// Readable when there are records.
    package var descriptor: Int32 { ring_buffer__epoll_fd(handle) }

    /// Hands over all records there are, without waiting.
    package func consume() {
        _ = ring_buffer__consume(handle)
    }

    /// What C holds on to.
    private final class Receiver {
        let receive: (RawSpan) -> Void

        init(_ receive: @escaping (RawSpan) -> Void) {
            self.receive = receive
        }
    }
}
