/// The entries of a map, or the records of a buffer.
package struct ProgramTable: Sendable, Equatable {
    /// What programs call it.
    package var name: String
    /// What stands above it.
    package var title: String
    /// What its columns are.
    package var columns: [Column]
    /// Its lines: a cell for each column.
    package var rows: [[ProgramCell]]
    /// How many of them people are shown; nil for all.
    package var limit: Int?

    /// A column.
    package struct Column: Sendable, Equatable {
        /// The field it shows.
        package let field: String
        /// What stands above it.
        package let title: String
        /// Whether it has numbers.
        package let isNumeric: Bool
        /// How wide its cells mostly are.
        package let width: Int

        /// Describes a column.
        package init(field: String, title: String, isNumeric: Bool, width: Int) {
            self.field = field
            self.title = title
            self.isNumeric = isNumeric
            self.width = width
        }
    }

    /// Puts a table together.
    package init(
        name: String, title: String, columns: [Column], rows: [[ProgramCell]] = [],
        limit: Int? = nil
    ) {
        self.name = name
        self.title = title
        self.columns = columns
        self.rows = rows
        self.limit = limit
    }
}
