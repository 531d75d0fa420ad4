internal import LibBPF
internal import Report

/// The buffer slow calls come through: one for all processors, or, on old kernels, one for each.
final class SlowCallReader {
    private let ring: RingBuffer?
    private let buffer: PerfBuffer?
    private let losses: Losses
    /// Readable when calls have come.
    let descriptor: Int32

    /// Pages of the buffer of each processor.
    private static let pages = 64

    /// How many had no room.
    private final class Losses {
        var count: UInt64 = 0
    }

    /// Starts reading; each record goes to `receive`.
    ///
    /// - Throws: `BPFError` if the buffer cannot be read.
    init(
        _ object: borrowing ProbeObject, receive: @escaping (RawSpan) -> Void
    ) throws(BPFError) {
        let losses = Losses()
        self.losses = losses
        let map = try object.object.mapView("slow_calls")
        switch object.family {
        case .modern:
            let ring = try RingBuffer(map, receive: receive)
            descriptor = ring.descriptor
            buffer = nil
            self.ring = consume ring
        case .legacy:
            let buffer = try PerfBuffer(
                map, pages: Self.pages, receive: receive, lose: { losses.count += $0 })
            descriptor = buffer.descriptor
            ring = nil
            self.buffer = consume buffer
        }
    }

    /// Hands over all calls there are, without waiting.
    func consume() {
        switch ring {
        case .some(let ring): ring.consume()
        case .none: break
        }
        switch buffer {
        case .some(let buffer): buffer.consume()
        case .none: break
        }
    }

    /// How many calls had no room, as far as the programs do not know it themselves.
    var lost: UInt64 { losses.count }
}
