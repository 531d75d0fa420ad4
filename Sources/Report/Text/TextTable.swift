/// Lines of aligned columns, two spaces between them.
struct TextTable {
    /// How a column's cells are aligned.
    enum Alignment {
        /// Text.
        case left
        /// Numbers.
        case right
    }

    /// The alignment of each column.
    private(set) var alignments: [Alignment]
    /// The lines, the header among them.
    private(set) var rows: [[String]] = []

    /// A table without lines.
    init(alignments: [Alignment]) {
        self.alignments = alignments
    }

    /// Adds a line of one cell for each column.
    mutating func add(_ row: [String]) {
        rows.append(row)
    }

    /// The width of each column.
    var widths: [Int] {
        alignments.indices.map { column in
            rows.map { DisplayWidth.of($0[column]) }.max() ?? 0
        }
    }

    /// The width of a line.
    var width: Int {
        widths.reduce(0, +) + 2 * max(0, alignments.count - 1)
    }

    /// Shortens what is too long in a column.
    mutating func limit(column: Int, to width: Int) {
        for row in rows.indices {
            rows[row][column] = DisplayWidth.shortened(rows[row][column], to: width)
        }
    }

    /// Removes a column.
    mutating func remove(column: Int) {
        alignments.remove(at: column)
        for row in rows.indices { rows[row].remove(at: column) }
    }

    /// The lines, without spaces at their ends.
    func text() -> String {
        let widths = widths
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let padding = String(
                    repeating: " ", count: widths[column] - DisplayWidth.of(cell))
                line += alignments[column] == .left ? cell + padding : padding + cell
                if column < row.count - 1 { line += "  " }
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
