internal import LibBPF
internal import Report
internal import Symbolizer

/// Takes the durations out of the kernel side's statistics.
struct FunctionReader: ~Copyable {
    private let values: MappedArray
    private let kind: ProbeKind

    /// Maps the statistics of a loaded object.
    ///
    /// - Throws: `BPFError` if they cannot be mapped.
    init(_ object: borrowing ProbeObject) throws(BPFError) {
        values = try MappedArray(try object.object.mapView("functions"))
        kind = object.kind
    }

    /// What a function's calls have taken since this was last asked.
    ///
    /// The words are those of `struct uprof_function_stats`.
    func take(_ probe: FunctionProbe) -> FunctionLatency {
        let words = values.takeWords(at: probe.id)
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
        return latency
    }
}
