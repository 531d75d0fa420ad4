/// A map of an object that is shown.
package struct ObjectMap {
    /// How a map is shown.
    package enum Style: Sendable {
        /// A line for each entry, at the end.
        case table(limit: Int?)
        /// Bars, at the end; what the numbers are.
        case histogram(unit: String?)
        /// A line for each record of this type, as it comes; whether programs count those that had
        /// no room.
        case events(type: String, countsLosses: Bool)
        /// A number of what was lost, at the end.
        case losses
    }

    /// A column that is shown.
    package struct Column {
        /// The field of the key, the value or the record.
        package let field: String
        /// What stands above it.
        package let title: String
        /// How it is shown.
        package let format: Format

        /// Describes one.
        package init(field: String, title: String, format: Format) {
            self.field = field
            self.title = title
            self.format = format
        }
    }

    /// How a field is shown.
    package enum Format: Sendable {
        /// As its type says.
        case plain
        case hexadecimal
        /// Nanoseconds, with a unit.
        case duration
        /// Nanoseconds of the monotonic clock, as a time of the calendar.
        case time
        /// Bytes up to the first zero.
        case text
        /// Bytes with zeros between words.
        case words
    }

    /// Its name in the object.
    package let name: String
    /// How it is shown.
    package let style: Style
    /// What stands above it, or what was lost.
    package let title: String
    /// What is shown; all there is if empty.
    package let columns: [Column]

    /// Describes one.
    package init(name: String, style: Style, title: String, columns: [Column]) {
        self.name = name
        self.style = style
        self.title = title
        self.columns = columns
    }
}
