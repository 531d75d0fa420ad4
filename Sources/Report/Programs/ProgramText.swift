/// What programs of others tell, for people.
package struct ProgramText {
    private static let barWidth = 40

    /// Tables, bars and lines of text.
    package init() {}

    /// What stands above the records of a buffer.
    package func header(_ table: ProgramTable) -> String {
        line(of: table, table.columns.map(\.title))
    }

    /// One record of a buffer.
    package func record(_ cells: [ProgramCell], of table: ProgramTable) -> String {
        line(of: table, cells.map(\.text))
    }

    /// What was left in maps; what was lost is told elsewhere.
    package func render(_ report: ProgramReport) -> String {
        report.maps.map { part in
            switch part {
            case .table(let table): text(of: table)
            case .histograms(let histograms): text(of: histograms)
            }
        }.joined(separator: "\n")
    }

    private func line(of table: ProgramTable, _ cells: [String]) -> String {
        var line = ""
        for (index, pair) in zip(table.columns, cells).enumerated() {
            let (column, cell) = pair
            let isLast = index == table.columns.count - 1
            let missing = max(0, column.width - DisplayWidth.of(cell))
            let padding = String(repeating: " ", count: missing)
            line += column.isNumeric ? padding + cell : isLast ? cell : cell + padding
            if !isLast { line += "  " }
        }
        return line + "\n"
    }

    private func text(of table: ProgramTable) -> String {
        guard !table.rows.isEmpty else { return "\(HarmlessText.of(table.title)): nothing\n" }
        let shown = table.rows.prefix(table.limit ?? table.rows.count)
        var text = TextTable(alignments: table.columns.map { $0.isNumeric ? .right : .left })
        text.add(table.columns.map(\.title))
        for row in shown { text.add(row.map(\.text)) }
        let left = table.rows.count - shown.count
        return "\(HarmlessText.of(table.title))\n" + text.text()
            + (left > 0 ? "… and \(left) more\n" : "")
    }

    private func text(of histograms: ProgramHistograms) -> String {
        let title = HarmlessText.of(histograms.title)
        guard histograms.all.contains(where: { $0.total > 0 }) else { return "\(title): nothing\n" }
        return histograms.all.map { one in
            let labels = one.labels.map { label in
                label.name.isEmpty ? label.cell.text : "\(label.name) \(label.cell.text)"
            }
            let heading = ([title] + labels).joined(separator: ", ")
            return "\(heading): \(HumanUnits.count(one.total))\n" + bars(of: one, histograms.unit)
        }.joined(separator: "\n")
    }

    private func bars(of one: ProgramHistograms.One, _ unit: String?) -> String {
        let rows = one.rows
        let most = max(1, rows.map(\.count).max() ?? 1)
        var table = TextTable(alignments: [.right, .left, .right, .left, .right])
        let unit = HarmlessText.of(unit ?? "")
        table.add(["  " + unit, "", "", "", "count"])
        for row in rows {
            let share = Double(row.count) / Double(most) * Double(Self.barWidth)
            let length = row.count == 0 ? 0 : max(1, Int(share.rounded()))
            let bar =
                String(repeating: "█", count: length)
                + String(repeating: " ", count: Self.barWidth - length)
            table.add([
                "  " + HumanUnits.count(row.from), "-", HumanUnits.count(row.to), "|\(bar)|",
                HumanUnits.count(row.count),
            ])
        }
        return table.text()
    }
}
