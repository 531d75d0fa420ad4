/// The distribution of each function's durations, drawn as bars.
package struct HistogramChart: Renderer {
    /// What bars are made of.
    package enum Style: Sendable {
        /// Unicode's block elements, an eighth of a column exact.
        case blocks
        /// Plain ASCII: `@`.
        case ascii
    }

    private static let barWidth = 40
    /// More than this and powers of two are not divided further.
    private static let mostDividedRows = 16

    /// What bars are made of.
    package var style: Style

    /// A chart.
    package init(style: Style = .blocks) {
        self.style = style
    }

    package func render(_ report: LatencyReport) -> String {
        report.functionsByTotal.filter { $0.calls > 0 }
            .map(chart).joined(separator: "\n")
    }

    private func chart(of function: FunctionLatency) -> String {
        let rows = rows(of: function.histogram)
        let most = rows.map(\.calls).max() ?? 0
        var table = TextTable(alignments: [.right, .left, .right, .left, .right, .right])
        for row in rows {
            table.add([
                "  " + HumanUnits.duration(row.bounds.lowerBound), "-",
                HumanUnits.duration(row.bounds.upperBound), "|\(bar(row.calls, of: most))|",
                HumanUnits.count(row.calls), HumanUnits.percentage(row.calls, of: function.calls),
            ])
        }
        let module = HarmlessText.fileName(of: function.module)
        let name = HarmlessText.of(function.function)
        let calls = HumanUnits.count(function.calls) + (function.calls == 1 ? " call" : " calls")
        return "\(name) (\(module)): \(calls)\n" + table.text()
    }

    private func bar(_ calls: UInt64, of most: UInt64) -> String {
        let eighths = Double(calls) / Double(max(most, 1)) * Double(Self.barWidth * 8)
        var bar: String
        switch style {
        case .ascii:
            bar = String(repeating: "@", count: Int((eighths / 8).rounded()))
        case .blocks:
            // Whatever there is can be seen.
            let shown = calls == 0 ? 0 : max(1, Int(eighths.rounded()))
            bar = String(repeating: "█", count: shown / 8)
            if shown % 8 > 0 { bar += ["▏", "▎", "▍", "▌", "▋", "▊", "▉"][shown % 8 - 1] }
        }
        return bar + String(repeating: " ", count: Self.barWidth - bar.count)
    }
}

extension HistogramChart {
    /// The buckets merged into rows as fine as space allows, without gaps.
    private func rows(of histogram: LatencyHistogram) -> [LatencyHistogram.Bucket] {
        let used = histogram.counts.indices.filter { histogram.counts[$0] != 0 }
        guard let first = used.first, let last = used.last else { return [] }
        // Below 16 a bucket is one value: powers of two are not ranges of 16 buckets there.
        guard first >= 16 else { return rowsByPowerOfTwo(of: histogram) }
        let sizes = [4, 8].filter { last / $0 - first / $0 < Self.mostDividedRows }
        let size = sizes.first ?? 16
        return (first / size...last / size).map { row in
            let buckets = row * size..<(row + 1) * size
            let lower = LatencyHistogram.bounds(of: buckets.lowerBound).lowerBound
            let upper = LatencyHistogram.bounds(of: buckets.upperBound - 1).upperBound
            return LatencyHistogram.Bucket(
                bounds: lower..<upper, calls: histogram.counts[buckets].reduce(0, &+))
        }
    }

    private func rowsByPowerOfTwo(of histogram: LatencyHistogram) -> [LatencyHistogram.Bucket] {
        var calls: [Int: UInt64] = [:]
        for bucket in histogram.buckets {
            let exponent = UInt64.bitWidth - bucket.bounds.lowerBound.leadingZeroBitCount
            calls[exponent, default: 0].addClamping(bucket.calls)
        }
        guard let first = calls.keys.min(), let last = calls.keys.max() else { return [] }
        return (first...last).map { exponent in
            let lower: UInt64 = exponent == 0 ? 0 : 1 << (exponent - 1)
            let upper: UInt64 = exponent == UInt64.bitWidth ? .max : 1 << exponent
            return LatencyHistogram.Bucket(bounds: lower..<upper, calls: calls[exponent] ?? 0)
        }
    }
}
