import Report
import Testing

@Suite("Histogram chart")
struct HistogramChartTests {
    private func chart(_ durations: [(UInt64, UInt64)], _ style: HistogramChart.Style) -> String {
        var function = FunctionLatency(
            module: "/opt/lib/libx.so", function: "f", probe: .session, siteOffset: 0)
        for (nanoseconds, calls) in durations {
            function.histogram.record(nanoseconds, calls: calls)
        }
        let report = LatencyReport(durationNanoseconds: 1, functions: [function])
        return HistogramChart(style: style).render(report)
    }

    @Test("draws fine rows without gaps where durations are close")
    func fine() {
        #expect(
            chart([(1_024, 10), (1_300, 5), (2_000, 1)], .ascii) == """
                f (libx.so): 16 calls
                  1.02 µs  -  1.28 µs  |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|  10  62.5%
                  1.28 µs  -  1.54 µs  |@@@@@@@@@@@@@@@@@@@@                    |   5  31.3%
                  1.54 µs  -  1.79 µs  |                                        |   0     0%
                  1.79 µs  -  2.05 µs  |@@@@                                    |   1   6.3%

                """)
    }

    @Test("draws a row for each power of two where they are far apart")
    func coarse() {
        let rows = chart([(1_024, 1), (1_000_000_000, 2)], .blocks).split(separator: "\n")
        #expect(rows.count == 1 + 20)
        #expect(
            rows[1] == "  1.02 µs  -  2.05 µs  |████████████████████                    |  1  33.3%"
        )
        #expect(
            rows[20]
                == "   537 ms  -   1.07 s  |████████████████████████████████████████|  2  66.7%")
    }

    @Test("starts at zero if need be")
    func zero() {
        let rows = chart([(0, 1), (1, 1), (17, 1)], .ascii).split(separator: "\n")
        #expect(
            rows.dropFirst().map { $0.prefix(16) }
                == [
                    "   0 ns  -   1 ns", "   1 ns  -   2 ns", "   2 ns  -   4 ns",
                    "   4 ns  -   8 ns",
                    "   8 ns  -  16 ns", "  16 ns  -  32 ns",
                ].map { $0.prefix(16) })
    }

    @Test("shows a little where there is little")
    func sliver() {
        #expect(chart([(20, 1), (30, 100_000)], .blocks).contains("|▏    "))
    }

    @Test("reaches the longest duration and leaves out functions without calls")
    func extremes() {
        #expect(chart([(.max, .max)], .blocks).contains("18,446,744,074 s"))
        #expect(chart([], .blocks).isEmpty)
    }
}
