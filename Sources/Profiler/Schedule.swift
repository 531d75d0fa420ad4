/// When a measurement reports, and when it is over.
struct Schedule {
    /// Targets that end without a word are looked after at least this often.
    static let tick: UInt64 = 100_000_000

    private let tick: UInt64?
    private let end: UInt64?
    private let interval: UInt64?
    private var nextInterval: UInt64?

    /// The times of a measurement that begins now.
    ///
    /// - Parameters:
    ///   - duration: How long it lasts, in nanoseconds; without an end where nil.
    ///   - interval: How often it reports; once at the end where nil.
    ///   - start: When it begins.
    ///   - tick: How often targets are looked after, in nanoseconds; nil where each tells its end.
    init(
        duration: UInt64?, interval: UInt64?, from start: UInt64, tick: UInt64? = Self.tick
    ) {
        self.tick = tick
        end = duration.map { start + $0 }
        self.interval = interval
        nextInterval = interval.map { start + $0 }
    }

    /// When to look up next.
    func next(after now: UInt64) -> UInt64 {
        min(tick.map { now + $0 } ?? .max, end ?? .max, nextInterval ?? .max)
    }

    /// The end that the clock brings, if it has.
    var ending: MeasurementEnding? {
        end.map { MeasurementClock.now >= $0 } == true ? .duration : nil
    }

    /// Whether an interval has passed; the next one begins then.
    mutating func isIntervalOver() -> Bool {
        guard let interval, let next = nextInterval, MeasurementClock.now >= next else {
            return false
        }
        nextInterval = next + interval
        return true
    }
}
