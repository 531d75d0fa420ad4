/// When samples are taken out of the kernel: soon at first, and then the less often the longer nothing
/// asks for it, since each time costs the recorder more than the samples it brings.
struct ReadingPace {
    /// How long it is between two readings at least, and at first, in nanoseconds.
    static let shortest: UInt64 = 500_000_000
    /// How long it is at most, in nanoseconds: what is new then is still to be named at the end.
    static let longest: UInt64 = 2_500_000_000

    private var interval = shortest

    /// When samples are to be taken next.
    private(set) var next: UInt64

    /// Begins.
    ///
    /// - Parameter now: The time.
    init(from now: UInt64) {
        next = now + interval
    }

    /// Takes note that samples have been taken.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - limit: How long samples can wait where they are, in nanoseconds.
    mutating func noteReading(at now: UInt64, limit: UInt64) {
        interval = max(min(interval * 2, limit, Self.longest), Self.shortest)
        next = now + interval
    }
}
