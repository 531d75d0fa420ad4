/// What programs of others tell, for programs: a line of JSON for each record, and one at the end
/// (schema uprof.object/1, docs/bundle.md).
package struct ProgramJSON {
    private static let schema = "uprof.object/1"

    /// Lines of JSON.
    package init() {}

    /// One record of a buffer.
    package func record(_ cells: [ProgramCell], of table: ProgramTable) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", Self.schema)
            writer.member("event", table.name)
            write(cells, of: table, to: &writer)
        }
        return writer.text + "\n"
    }

    /// What was left in maps, and what was lost.
    package func render(_ report: ProgramReport) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", Self.schema)
            writer.member("name", report.name)
            writer.member("duration_ns", report.durationNanoseconds)
            writer.object("maps") { writer in
                for part in report.maps {
                    switch part {
                    case .table(let table): write(table, to: &writer)
                    case .histograms(let histograms): write(histograms, to: &writer)
                    }
                }
            }
            writer.array("lost", of: report.losses) { writer, loss in
                writer.member("count", loss.count)
                writer.member("what", loss.what)
            }
        }
        return writer.text + "\n"
    }

    private func write(_ table: ProgramTable, to writer: inout JSONWriter) {
        writer.array(table.name, of: table.rows) { writer, row in
            write(row, of: table, to: &writer)
        }
    }

    private func write(
        _ cells: [ProgramCell], of table: ProgramTable, to writer: inout JSONWriter
    ) {
        writer.object("fields") { writer in
            for (column, cell) in zip(table.columns, cells) {
                writer.member(column.field, cell)
            }
        }
    }

    private func write(_ histograms: ProgramHistograms, to writer: inout JSONWriter) {
        writer.array(histograms.name, of: histograms.all) { writer, one in
            writer.object("of") { writer in
                for label in one.labels { writer.member(label.name, label.cell) }
            }
            writer.array("buckets", of: one.rows.filter { $0.count > 0 }) { writer, row in
                writer.member("from", row.from)
                writer.member("to", row.to)
                writer.member("count", row.count)
            }
        }
    }
}

extension JSONWriter {
    /// Writes a member that is a cell; what is missing is left out.
    fileprivate mutating func member(_ key: String, _ cell: ProgramCell) {
        switch cell {
        case .number(let number), .hexadecimal(let number), .duration(let number),
            .time(let number):
            member(key, number)
        case .signed(let number): member(key, number)
        case .boolean(let boolean): member(key, isTrue: boolean)
        case .real(let number): member(key, "\(number)")
        case .text(let text): member(key, text)
        case .words(let words): array(key, strings: words)
        case .list(let cells): list(key, cells)
        case .missing: break
        }
    }

    private mutating func list(_ key: String, _ cells: [ProgramCell]) {
        let unsigned = cells.compactMap { cell in
            if case .number(let number) = cell { number } else { nil }
        }
        let signed = cells.compactMap { cell in
            if case .signed(let number) = cell { number } else { nil }
        }
        if unsigned.count == cells.count {
            numbers(key, unsigned)
        } else if signed.count == cells.count {
            numbers(key, signed)
        } else {
            array(key, strings: cells.map(\.text))
        }
    }
}
