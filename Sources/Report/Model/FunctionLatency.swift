/// The durations of one function's calls.
package struct FunctionLatency: Sendable, Equatable {
    /// The program or library that holds the function.
    package var module: String
    /// The function's name, as shown.
    package var function: String
    /// The sum of all durations.
    package var totalNanoseconds: UInt64
    /// The shortest duration; 0 without calls.
    package var minimumNanoseconds: UInt64
    /// The longest duration; 0 without calls.
    package var maximumNanoseconds: UInt64
    /// The distribution of the durations.
    package var histogram: LatencyHistogram
    /// What measured the function.
    package var probe: ProbeKind
    /// Where in the module's file the probe is.
    package var siteOffset: UInt64

    /// The durations of a function's calls.
    package init(
        module: String, function: String, totalNanoseconds: UInt64 = 0,
        minimumNanoseconds: UInt64 = 0, maximumNanoseconds: UInt64 = 0,
        histogram: LatencyHistogram = LatencyHistogram(), probe: ProbeKind, siteOffset: UInt64
    ) {
        self.module = module
        self.function = function
        self.totalNanoseconds = totalNanoseconds
        self.minimumNanoseconds = minimumNanoseconds
        self.maximumNanoseconds = maximumNanoseconds
        self.histogram = histogram
        self.probe = probe
        self.siteOffset = siteOffset
    }

    /// How many calls were measured.
    package var calls: UInt64 { histogram.totalCalls }

    /// The mean duration, rounded to a nanosecond; 0 without calls.
    package var meanNanoseconds: UInt64 {
        guard calls > 0 else { return 0 }
        let (quotient, remainder) = totalNanoseconds.quotientAndRemainder(dividingBy: calls)
        return quotient + (remainder >= calls - calls / 2 ? 1 : 0)
    }

    /// The duration that a share of the calls, between 0 and 1, does not exceed.
    ///
    /// Off by at most 6.25 %, and never beyond the shortest and the longest call.
    package func percentile(_ share: Double) -> UInt64 {
        min(max(histogram.percentile(share), minimumNanoseconds), maximumNanoseconds)
    }

    /// Counts one call.
    package mutating func record(_ nanoseconds: UInt64) {
        minimumNanoseconds = calls == 0 ? nanoseconds : min(minimumNanoseconds, nanoseconds)
        maximumNanoseconds = max(maximumNanoseconds, nanoseconds)
        totalNanoseconds.addClamping(nanoseconds)
        histogram.record(nanoseconds)
    }

    /// Adds the calls of a later period, or of another site of the same function.
    package mutating func merge(_ other: FunctionLatency) {
        guard other.calls > 0 else { return }
        minimumNanoseconds =
            calls == 0
            ? other.minimumNanoseconds : min(minimumNanoseconds, other.minimumNanoseconds)
        maximumNanoseconds = max(maximumNanoseconds, other.maximumNanoseconds)
        totalNanoseconds.addClamping(other.totalNanoseconds)
        histogram.merge(other.histogram)
    }
}
