/// The report as a table for people: a line per function, then what is missing.
package struct LatencyTable: Renderer {
    private static let header = [
        "MODULE", "FUNCTION", "CALLS", "CALLS/S", "TOTAL", "MEAN", "P50", "P90", "P99", "P99.9",
        "MAX",
    ]
    private static let moduleColumn = 0
    private static let functionColumn = 1
    /// Names are not made shorter than this.
    private static let shortestModule = 12
    private static let shortestFunction = 20

    /// What a narrow terminal does without, the first ones first.
    private static let dispensable = ["P99.9", "CALLS/S", "P90", "MEAN", "P50", "TOTAL"]

    /// The width of the terminal to fit lines into, if that matters.
    package var width: Int?

    /// A table, of a limited width if one is given.
    package init(width: Int? = nil) {
        self.width = width
    }

    package func render(_ report: LatencyReport) -> String {
        var table = TextTable(
            alignments: Self.header.indices.map { $0 <= Self.functionColumn ? .left : .right })
        table.add(Self.header)
        for function in report.functionsByTotal {
            table.add(cells(of: function, in: report.durationNanoseconds))
        }
        if let width { fit(&table, into: width) }
        return table.text() + remarks(on: report)
    }

    private func cells(of function: FunctionLatency, in period: UInt64) -> [String] {
        let module = HarmlessText.fileName(of: function.module)
        let names = [module, HarmlessText.of(function.function)]
        let rate = HumanUnits.rate(of: function.calls, in: period)
        let counts = [HumanUnits.count(function.calls), rate]
        guard function.calls > 0 else {
            let missing = Self.header.count - names.count - counts.count
            return names + counts + Array(repeating: "-", count: missing)
        }
        let durations =
            [function.totalNanoseconds, function.meanNanoseconds]
            + [0.5, 0.9, 0.99, 0.999].map { function.percentile($0) }
            + [function.maximumNanoseconds]
        return names + counts + durations.map(HumanUnits.duration)
    }

    private func fit(_ table: inout TextTable, into width: Int) {
        shorten(&table, Self.functionColumn, to: width, shortest: Self.shortestFunction)
        shorten(&table, Self.moduleColumn, to: width, shortest: Self.shortestModule)
        for name in Self.dispensable where table.width > width {
            guard let column = table.rows[0].firstIndex(of: name) else { continue }
            table.remove(column: column)
        }
    }

    private func shorten(_ table: inout TextTable, _ column: Int, to width: Int, shortest: Int) {
        let excess = table.width - width
        guard excess > 0 else { return }
        table.limit(column: column, to: max(shortest, table.widths[column] - excess))
    }

    private func remarks(on report: LatencyReport) -> String {
        let losses = report.losses.occurred.map { entry in
            (entry.reason.isLoss ? "lost: " : "note: ") + entry.reason.description(of: entry.count)
        }
        let notes = report.notes.map { "note: \(HarmlessText.of($0))" }
        let lines = losses + notes
        return lines.isEmpty ? "" : "\n" + lines.map { "\($0)\n" }.joined()
    }
}
