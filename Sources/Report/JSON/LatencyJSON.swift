/// The report as one line of JSON, schema `uprof.attach/1`; see `docs/formats.md`.
package struct LatencyJSON: Renderer {
    /// The report as JSON.
    package init() {}

    package func render(_ report: LatencyReport) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", "uprof.attach/1")
            writer.member("duration_ns", report.durationNanoseconds)
            writer.member("object_family", report.objectFamily.rawValue)
            if let limits = report.objectLimits { writer.member("object_limits", limits) }
            writer.array("functions", of: report.functionsByTotal, write)
            writer.object("lost") { writer in
                for entry in report.losses.entries {
                    writer.member(entry.reason.key, entry.count)
                }
            }
        }
        return writer.text + "\n"
    }

    private func write(_ writer: inout JSONWriter, _ function: FunctionLatency) {
        writer.member("module", function.module)
        writer.member("function", function.function)
        writer.member("calls", function.calls)
        writer.member("total_ns", function.totalNanoseconds)
        writer.member("mean_ns", function.meanNanoseconds)
        writer.member("min_ns", function.minimumNanoseconds)
        writer.member("max_ns", function.maximumNanoseconds)
        writer.member("p50_ns", function.percentile(0.5))
        writer.member("p90_ns", function.percentile(0.9))
        writer.member("p99_ns", function.percentile(0.99))
        writer.member("p999_ns", function.percentile(0.999))
        writer.member("probe", function.probe.rawValue)
        writer.member("site_offset", function.siteOffset)
        writer.array("histogram", of: function.histogram.buckets) { writer, bucket in
            writer.member("from_ns", bucket.bounds.lowerBound)
            writer.member("to_ns", bucket.bounds.upperBound)
            writer.member("calls", bucket.calls)
        }
    }
}
