/// A map of an object, and how it is shown.
package struct ManifestMap: Equatable, Sendable {
    /// How a map is shown; the raw values are those of the manifest.
    package enum Style: String, Sendable, CaseIterable {
        /// A line for each entry, at the end.
        case table
        /// Bars, at the end: the values count what fell between powers of two.
        case histogram
        /// A line for each record that comes through it, as it comes.
        case events
        /// Numbers, at the end, of what was lost.
        case losses
    }

    /// A column that is shown.
    package struct Column: Equatable, Sendable {
        /// The field of the key, the value or the event.
        package let field: String
        /// What stands above it.
        package let title: String
        /// How it is shown.
        package let format: Format

        /// Describes one.
        package init(field: String, title: String, format: Format = .plain) {
            self.field = field
            self.title = title
            self.format = format
        }

        /// How a field is shown; the raw values are those of the manifest.
        package enum Format: String, Sendable, CaseIterable {
            /// As its type says.
            case plain
            /// A number in hexadecimal digits.
            case hexadecimal
            /// Nanoseconds, with a unit.
            case duration
            /// Nanoseconds of the kernel's monotonic clock, as a time of the calendar.
            case time
            /// Bytes, as a text up to the first zero.
            case text
            /// Bytes, as words with zeros between them.
            case words
        }
    }

    /// Its name in the object.
    package let name: String
    /// How it is shown.
    package let style: Style
    /// What stands above it, or what was lost.
    package let title: String
    /// The type of its events in the object; nil for others.
    package let event: String?
    /// The map in which programs count the events that had no room; nil if they do not.
    package let lost: String?
    /// What the numbers of a histogram are: `ns`, `bytes`.
    package let unit: String?
    /// How many lines a table has at most; nil for all.
    package let limit: Int?
    /// What is shown of it; all there is if empty.
    package let columns: [Column]
}

extension ManifestMap {
    /// Reads one: `name`, `print`, `event` for events, and, if they are there, `title`, `lost`,
    /// `unit`, `limit` and `columns`.
    init(_ table: inout ManifestTable) throws(ManifestTable.Fault) {
        name = try table.identifier("name")
        style = try table.choice("print", of: Style.self)
        title = try table.stringIfThere("title") ?? name
        event = style == .events ? try table.string("event") : nil
        lost = style == .events ? try table.stringIfThere("lost") : nil
        unit = style == .histogram ? try table.stringIfThere("unit") : nil
        limit = style == .table ? try table.integerIfThere("limit", in: 1...1_000_000) : nil
        var columns: [Column] = []
        if style == .table || style == .events {
            for var column in try table.tablesIfThere("columns") {
                columns.append(try Column(&column))
            }
        }
        self.columns = columns
        try table.finish()
    }
}

extension ManifestMap.Column {
    fileprivate init(_ table: inout ManifestTable) throws(ManifestTable.Fault) {
        field = try table.string("field")
        title = try table.stringIfThere("title") ?? field
        format = try table.choiceIfThere("format", of: Format.self) ?? .plain
        try table.finish()
    }
}
