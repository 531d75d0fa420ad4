import Report
import TestSupport
import Testing

@Suite("Latency histogram")
struct LatencyHistogramTests {
    @Test(
        "has the buckets the BPF programs count into",
        arguments: [
            (0, 0), (1, 1), (15, 15), (16, 16), (17, 17), (31, 31), (32, 32), (33, 32), (34, 33),
            (63, 47), (64, 48), (1_000, 111), (1_024, 112), (1 << 32, 464), (.max, 975),
        ] as [(UInt64, Int)])
    func index(value: UInt64, bucket: Int) {
        #expect(LatencyHistogram.bucketIndex(of: value) == bucket)
    }

    @Test("follows the formula of the ABI for every power of two and its neighbors")
    func formula() {
        for exponent in 4..<64 {
            let power = UInt64(1) << exponent
            for value in [power, power + 1, power + (power - 1)] {
                let expected = (exponent - 3) * 16 + Int((value >> (exponent - 4)) & 15)
                #expect(LatencyHistogram.bucketIndex(of: value) == expected)
            }
        }
    }

    @Test("has buckets that follow each other without gaps")
    func bounds() {
        var next: UInt64 = 0
        for bucket in 0..<LatencyHistogram.bucketCount {
            let bounds = LatencyHistogram.bounds(of: bucket)
            #expect(bounds.lowerBound == next)
            #expect(bucket < 16 ? bounds.count == 1 : bounds.count <= bounds.lowerBound / 16)
            next = bounds.upperBound
        }
        #expect(next == .max)
    }

    @Test("puts every value into the bucket that holds it")
    func membership() {
        var random = SeededGenerator()
        for _ in 0..<10_000 {
            let value = UInt64.random(in: 0..<(.max), using: &random) >> Int.random(in: 0..<64)
            let bucket = LatencyHistogram.bucketIndex(of: value)
            #expect(LatencyHistogram.bounds(of: bucket).contains(value), "seed \(random.seed)")
        }
    }

    @Test("gives percentiles within 6.25 % of sorted data", arguments: [1, 2, 10, 999, 20_000])
    func percentiles(count: Int) {
        var random = SeededGenerator(defaultSeed: UInt64(count))
        let values = (0..<count)
            .map { _ in
                let shift = Int.random(in: 24...54, using: &random)
                return UInt64.random(in: 0...(.max), using: &random) >> shift
            }
            .sorted()
        var histogram = LatencyHistogram()
        for value in values { histogram.record(value) }
        for share in [0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1] {
            let rank = max(1, Int((share * Double(count)).rounded(.up)))
            let exact = Double(values[rank - 1])
            let estimate = Double(histogram.percentile(share))
            #expect(abs(estimate - exact) <= exact * 0.0625, "p\(share), seed \(random.seed)")
        }
    }

    @Test("spreads the calls of a bucket evenly over it")
    func interpolation() {
        var histogram = LatencyHistogram()
        histogram.record(1_600, calls: 4)  // bucket 1600..<1664
        #expect([0.25, 0.5, 0.75, 1].map(histogram.percentile) == [1_608, 1_624, 1_640, 1_656])
    }

    @Test("is exact below 16")
    func small() {
        var histogram = LatencyHistogram()
        for value in 0..<10 as Range<UInt64> { histogram.record(value) }
        #expect([0, 0.1, 0.5, 0.9, 1].map(histogram.percentile) == [0, 0, 4, 8, 9])
    }

    @Test("has percentiles of zero without calls, and takes shares beyond 0 and 1")
    func edges() {
        var histogram = LatencyHistogram()
        #expect(histogram.percentile(0.5) == 0)
        histogram.record(7)
        #expect([-1, 2, .nan, .infinity].map(histogram.percentile) == [7, 7, 7, 7])
        histogram.record(.max, calls: .max)
        #expect(histogram.percentile(1) > .max / 16 * 15)
    }

    @Test("adds up when merged, and stays at the maximum")
    func merge() {
        var first = LatencyHistogram()
        first.record(3)
        first.record(5_000, calls: 2)
        var second = LatencyHistogram(counts: first.counts)
        #expect(first == second)
        second.merge(first)
        #expect(second.totalCalls == 6)
        #expect(second.buckets.map(\.bounds) == [3..<4, 4_864..<5_120])
        #expect(second.buckets.map(\.calls) == [2, 4])
        second.record(3, calls: .max)
        #expect(second.totalCalls == .max)
    }

    @Test("takes too few and too many counts")
    func counts() {
        #expect(LatencyHistogram(counts: [1, 2]).totalCalls == 3)
        #expect(LatencyHistogram(counts: Array(repeating: 1, count: 2_000)).totalCalls == 976)
    }
}
