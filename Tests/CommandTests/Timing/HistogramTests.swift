import TestSupport
import Testing

extension Timing {
    /// `--histogram`: the distribution below the table.
    @Suite(.serialized) struct HistogramTests {
        @Test func drawsTheDistributionBelowTheTable() async throws {
            let result = try await UprofCommand.run([
                "attach", "--quiet", "--histogram", "--func", "spin_for", "--",
                try TestTarget("spinner").path, "--calls", "200",
            ])
            let chart = try #require(
                result.standardOutput.firstRange(of: "spin_for (spinner): 200 calls\n"))
            #expect(result.standardOutput[..<chart.lowerBound].contains("MODULE"))
            let bars = result.standardOutput[chart.upperBound...].split(separator: "\n")
                .filter { $0.contains("|") }
            #expect(bars.count >= 5)
            // Nine of ten calls take 100 µs; where the machine is busy, some take so much longer that
            // a bar is a power of two.
            let lowest = ["98.3 µs  -", "65.5 µs  -"]
            #expect(
                bars.contains { bar in bar.contains("█") && lowest.contains(where: bar.contains) })
            let calls = bars.compactMap { bar in
                bar.split(separator: "|").last?.split(separator: " ").first.flatMap { Int($0) }
            }
            #expect(calls.reduce(0, +) == 200)
        }
    }
}
