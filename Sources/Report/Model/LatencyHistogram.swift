/// How often each duration occurred, with buckets that grow with the duration.
///
/// The values 0 to 15 have a bucket each; every power of two above is cut into 16 buckets, so
/// that a bucket is at most 6.25 % wide. The BPF programs count into the same buckets.
package struct LatencyHistogram: Sendable, Equatable {
    /// How many buckets cover all 64-bit values.
    package static let bucketCount = 976

    /// Buckets per power of two, and its logarithm.
    private static let subBuckets = 16
    private static let subBucketBits = 4

    /// The calls in each bucket.
    package private(set) var counts: [UInt64]

    /// The calls in all buckets.
    package private(set) var totalCalls: UInt64

    /// A histogram without calls.
    package init() {
        counts = Array(repeating: 0, count: Self.bucketCount)
        totalCalls = 0
    }

    /// A histogram from its counts; missing ones are zero, surplus ones are ignored.
    package init(counts: some Sequence<UInt64>) {
        self.init()
        for (bucket, calls) in counts.prefix(Self.bucketCount).enumerated() {
            add(calls, toBucket: bucket)
        }
    }

    /// Counts one call, or several of the same duration.
    package mutating func record(_ nanoseconds: UInt64, calls: UInt64 = 1) {
        add(calls, toBucket: Self.bucketIndex(of: nanoseconds))
    }

    /// Adds the calls of another histogram.
    package mutating func merge(_ other: LatencyHistogram) {
        for (bucket, calls) in other.counts.enumerated() where calls != 0 {
            add(calls, toBucket: bucket)
        }
    }

    private mutating func add(_ calls: UInt64, toBucket bucket: Int) {
        counts[bucket].addClamping(calls)
        totalCalls.addClamping(calls)
    }
}

extension LatencyHistogram {
    /// The bucket a value falls in.
    package static func bucketIndex(of value: UInt64) -> Int {
        guard value >= subBuckets else { return Int(value) }
        let exponent = UInt64.bitWidth - 1 - value.leadingZeroBitCount
        let shift = exponent - subBucketBits
        return (shift + 1) * subBuckets + Int(value >> shift) % subBuckets
    }

    /// The values that fall in a bucket.
    ///
    /// The upper bound of the last bucket would be 2⁶⁴; it is the largest value instead.
    package static func bounds(of bucket: Int) -> Range<UInt64> {
        precondition((0..<bucketCount).contains(bucket), "there is no bucket \(bucket)")
        guard bucket >= subBuckets else { return UInt64(bucket)..<UInt64(bucket) + 1 }
        let shift = bucket / subBuckets - 1
        let from = UInt64(subBuckets + bucket % subBuckets) << shift
        let (to, overflow) = from.addingReportingOverflow(1 << shift)
        return from..<(overflow ? .max : to)
    }

    /// The value that a share of the calls does not exceed, between 0 and 1.
    ///
    /// It is the call of rank ⌈share × calls⌉, taken to lie where it would if the calls of its
    /// bucket were spread evenly over it; so it is off by at most 6.25 %.
    package func percentile(_ share: Double) -> UInt64 {
        guard totalCalls > 0 else { return 0 }
        let rank = max(1, (min(max(share, 0), 1) * Double(totalCalls)).rounded(.up))
        var before = 0.0
        var last = 0..<UInt64(1)
        for (bucket, calls) in counts.enumerated() where calls != 0 {
            last = Self.bounds(of: bucket)
            if before + Double(calls) >= rank {
                let position = (rank - before - 0.5) / Double(calls)
                return Self.value(at: position, in: last)
            }
            before += Double(calls)
        }
        return last.upperBound - 1
    }

    private static func value(at position: Double, in bounds: Range<UInt64>) -> UInt64 {
        let width = bounds.upperBound - bounds.lowerBound
        let offset = UInt64(Double(width) * min(max(position, 0), 1))
        return bounds.lowerBound + min(offset, width - 1)
    }

    /// A bucket that holds calls.
    package struct Bucket: Sendable, Equatable {
        /// The values that fall in it.
        package let bounds: Range<UInt64>
        /// The calls in it.
        package let calls: UInt64
    }

    /// The buckets that hold calls, shortest durations first.
    package var buckets: [Bucket] {
        counts.enumerated().compactMap { bucket, calls in
            calls == 0 ? nil : Bucket(bounds: Self.bounds(of: bucket), calls: calls)
        }
    }
}
