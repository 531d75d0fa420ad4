internal import Glibc

/// Measures what a recording costs, from when it is made.
struct CostMeter {
    private let start = MeasurementClock.now
    private let ownStart = ownNanoseconds

    /// What it has cost so far.
    func cost(of source: any SampleSource) -> RecordCost {
        let kernel = source.kernelTime
        return RecordCost(
            durationNanoseconds: MeasurementClock.now - start,
            ownNanoseconds: Self.ownNanoseconds - ownStart, kernelRuns: kernel.runs,
            kernelNanoseconds: kernel.nanoseconds)
    }

    /// Time of processors this process has used, in nanoseconds.
    private static var ownNanoseconds: UInt64 {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime)
    }

    private static func nanoseconds(_ time: timeval) -> UInt64 {
        UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_usec) * 1000
    }
}
