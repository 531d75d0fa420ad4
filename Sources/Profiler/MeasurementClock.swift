internal import Glibc

/// Nanoseconds of CLOCK_MONOTONIC, the clock BPF programs read, and their place in the calendar.
struct MeasurementClock {
    /// When the measurement began.
    let start = now

    /// This moment.
    static var now: UInt64 { read(CLOCK_MONOTONIC) }

    /// Nanoseconds since 1970 at a moment of the monotonic clock.
    static func calendarNanoseconds(at moment: UInt64) -> UInt64 {
        read(CLOCK_REALTIME) &- (now &- moment)
    }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
