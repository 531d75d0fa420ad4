internal import CUprofABI
internal import LibBPF
internal import Report
internal import Symbolizer

/// Takes the durations out of the kernel side's statistics.
struct FunctionReader: ~Copyable {
    /// The values in this process's own memory; nil where the kernel cannot map them.
    private let values: MappedArray?
    private let isMapped: Bool
    private let kind: ProbeKind
    /// What has been taken so far of values that are not mapped, by function.
    private let taken = TakenWords()

    /// Maps the statistics of a loaded object.
    ///
    /// - Throws: `BPFError` if they cannot be mapped.
    init(_ object: borrowing ProbeObject) throws(BPFError) {
        isMapped = object.family == .modern
        kind = object.kind
        values =
            object.family == .modern
            ? try MappedArray(try object.object.mapView("functions")) : nil
    }

    /// What a function's calls have taken since this was last asked.
    ///
    /// The words are those of `struct uprof_function_stats`.
    func take(
        _ probe: FunctionProbe, of object: borrowing ProbeObject
    ) throws(BPFError) -> FunctionLatency {
        let words: [UInt64]
        switch values {
        case .some(let values): words = values.takeWords(at: probe.id)
        case .none: words = try newWords(of: probe, object: object)
        }
        var latency = FunctionLatency(
            module: probe.module, function: probe.name,
            histogram: LatencyHistogram(counts: words[4...]), probe: kind,
            siteOffset: probe.entry.rawValue)
        guard latency.calls > 0 else { return latency }
        latency.totalNanoseconds = words[0]
        // A call that came between the words has no extremes yet: the buckets bound them.
        let buckets = latency.histogram.buckets
        latency.maximumNanoseconds = words[1] > 0 ? words[1] : buckets.last?.bounds.lowerBound ?? 0
        latency.minimumNanoseconds =
            words[2] > 0 ? ~words[2] : buckets.first?.bounds.lowerBound ?? 0
        guard !isMapped else { return latency }
        // Of an earlier interval, or put back by another processor: the buckets know better.
        if let last = buckets.last?.bounds, !last.contains(latency.maximumNanoseconds) {
            latency.maximumNanoseconds = last.lowerBound
        }
        if let first = buckets.first?.bounds, !first.contains(latency.minimumNanoseconds) {
            latency.minimumNanoseconds = first.lowerBound
        }
        return latency
    }

    /// What has been added since this was last asked; the extremes are of all the time.
    private func newWords(
        of probe: FunctionProbe, object: borrowing ProbeObject
    ) throws(BPFError) -> [UInt64] {
        let bytes = try object.object.mapView("functions").bytes(of: UInt32(probe.id))
        let nothing = [UInt8](repeating: 0, count: Int(UPROF_FUNCTION_STATS_SIZE))
        let words = (bytes ?? nothing).withUnsafeBytes { bytes in
            (0..<bytes.count / 8).map { word in
                bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
            }
        }
        return taken.difference(of: words, function: probe.id)
    }

    /// What the counters of functions were at the last look.
    private final class TakenWords {
        private var words: [Int: [UInt64]] = [:]

        func difference(of now: [UInt64], function: Int) -> [UInt64] {
            let before = words.updateValue(now, forKey: function)
            guard let before else { return now }
            return now.indices.map { 1...3 ~= $0 ? now[$0] : now[$0] &- before[$0] }
        }
    }
}
