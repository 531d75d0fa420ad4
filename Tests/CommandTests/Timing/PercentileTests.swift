import TestSupport
import Testing

extension Timing {
    /// Durations, compared with what the program has measured itself.
    @Suite(.serialized) struct PercentileTests {
        /// What a probe adds to a call: nine of ten calls of an empty function take no longer, in
        /// the slowest of three runs.
        private static func probeCost() async throws -> UInt64 {
            var cost: UInt64 = 0
            for _ in 1...3 {
                let measurement = try await Attach.command(
                    "counter", ["--calls", "20000"], functions: ["counted_call"])
                cost = max(cost, try measurement.report.functions[0].p90Ns)
            }
            return cost
        }

        /// The smallest value that the share of the values does not exceed (nearest rank), as a
        /// range: some calls are interrupted between the clock of the probe and that of the
        /// program, and each of those moves the others by a rank.
        private static func percentile(
            _ share: Double, of sorted: [UInt64]
        ) -> ClosedRange<UInt64> {
            let rank = max(Int((share * Double(sorted.count)).rounded(.up)), 1)
            let interrupted = 3
            let lowest = sorted[max(rank - interrupted, 1) - 1]
            return lowest...sorted[min(rank + interrupted, sorted.count) - 1]
        }

        /// Each percentile within a bucket (6.25 %) of that of the program's own record, beyond
        /// what the probe itself takes.
        @Test func agreeWithTheRecordOfTheProgram() async throws {
            let cost = try await Self.probeCost()
            let measurement = try await Attach.command(
                "spinner", ["--calls", "2000"], functions: ["spin_for"])
            let function = try #require(try measurement.report.functions.first)
            let durations = try #require(try measurement.truth.durationsNanoseconds).sorted()
            #expect(measurement.uprof.status == 11)
            #expect(function.calls == UInt64(durations.count))
            let reported = [
                (0.5, function.p50Ns), (0.9, function.p90Ns), (0.99, function.p99Ns),
                (0.999, function.p999Ns),
            ]
            for (share, value) in reported {
                let truth = Self.percentile(share, of: durations)
                // The probe starts its clock before the program does, and stops it after.
                let highest = truth.upperBound + truth.upperBound / 16 + cost
                let range = truth.lowerBound - truth.lowerBound / 16...highest
                #expect(range.contains(value), "p\(share): \(value) for \(truth), cost \(cost)")
            }
            try Self.verifySums(function, durations: durations, cost: cost)
        }

        /// Sum and extremes, which are exact but for the probe.
        private static func verifySums(
            _ function: AttachReport.Function, durations: [UInt64], cost: UInt64
        ) throws {
            let total = durations.reduce(0, +)
            #expect(function.totalNs >= total)
            #expect(function.totalNs <= total + total / 16 + cost * function.calls)
            #expect(function.minNs >= durations[0])
            #expect(function.minNs <= durations[0] + 10 * cost)
            #expect(function.maxNs >= durations[durations.count - 1])
            let mean = Double(function.totalNs) / Double(function.calls)
            #expect(abs(Double(function.meanNs) - mean) <= 0.5)
        }

        /// Buckets are those of docs/formats.md: 16 to each power of two, none empty, in order.
        @Test func comeFromTheDocumentedBuckets() async throws {
            let measurement = try await Attach.command(
                "spinner", ["--calls", "300"], functions: ["spin_for"])
            let function = try #require(try measurement.report.functions.first)
            let buckets = function.histogram
            #expect(buckets.map(\.calls).reduce(0, +) == function.calls)
            #expect(buckets.allSatisfy { $0.calls > 0 })
            #expect(zip(buckets, buckets.dropFirst()).allSatisfy { $0.toNs <= $1.fromNs })
            for bucket in buckets {
                let width = bucket.toNs - bucket.fromNs
                #expect(width.nonzeroBitCount == 1, "\(bucket)")
                #expect(bucket.fromNs % width == 0, "\(bucket)")
                #expect((16..<32).contains(bucket.fromNs / width), "\(bucket)")
            }
            let (first, last) = (try #require(buckets.first), try #require(buckets.last))
            #expect(first.fromNs <= function.minNs && function.minNs < first.toNs)
            #expect(last.fromNs <= function.maxNs && function.maxNs < last.toNs)
        }
    }
}
