internal import LibBPF

/// The ring buffer of slow calls, for those that have one.
final class SlowCallReader {
    private let ring: RingBuffer

    init(_ ring: consuming RingBuffer) {
        self.ring = ring
    }

    /// Readable when calls have come.
    var descriptor: Int32 { ring.descriptor }

    /// Hands over all calls there are, without waiting.
    func consume() { ring.consume() }
}
