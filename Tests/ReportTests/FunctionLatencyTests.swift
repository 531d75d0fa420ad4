import Report
import Testing

@Suite("Function latency")
struct FunctionLatencyTests {
    private func latency(of durations: [UInt64]) -> FunctionLatency {
        var function = FunctionLatency(module: "m", function: "f", probe: .pmu, siteOffset: 1)
        for duration in durations { function.record(duration) }
        return function
    }

    @Test("keeps sum, extremes and count")
    func record() {
        let function = latency(of: [300, 100, 200])
        #expect(function.calls == 3)
        #expect(function.totalNanoseconds == 600)
        #expect(function.minimumNanoseconds == 100)
        #expect(function.maximumNanoseconds == 300)
    }

    @Test(
        "has a rounded mean",
        arguments: [([], 0), ([5], 5), ([1, 2], 2), ([1, 1, 2], 1), ([1, 2, 2], 2)]
            as [([UInt64], UInt64)])
    func mean(durations: [UInt64], mean: UInt64) {
        #expect(latency(of: durations).meanNanoseconds == mean)
    }

    @Test("has no percentile beyond its extremes")
    func percentiles() {
        let function = latency(of: [1_601, 1_601, 1_601])
        #expect([0, 0.5, 0.999, 1].map(function.percentile) == [1_601, 1_601, 1_601, 1_601])
        #expect(latency(of: []).percentile(0.5) == 0)
    }

    @Test("merges as if all calls had been recorded in one", arguments: [0, 1, 2, 3])
    func merge(cut: Int) {
        let durations: [UInt64] = [40, 7_000, 12]
        var first = latency(of: Array(durations.prefix(cut)))
        first.merge(latency(of: Array(durations.dropFirst(cut))))
        #expect(first == latency(of: durations))
    }
}
