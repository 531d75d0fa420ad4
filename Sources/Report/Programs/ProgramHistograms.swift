/// Counts by powers of two, as programs keep them in a map: one distribution, or one for each key.
package struct ProgramHistograms: Sendable, Equatable {
    /// What programs call the map.
    package var name: String
    /// What stands above it.
    package var title: String
    /// What the numbers are; nil if nobody says.
    package var unit: String?
    /// The distributions.
    package var all: [One]

    /// A distribution.
    package struct One: Sendable, Equatable {
        /// Whose it is: the key's columns and cells; none where there is but one.
        package let labels: [(name: String, cell: ProgramCell)]
        /// How many numbers were from 2ⁿ to below 2ⁿ⁺¹, by n; zeros are among the first.
        package let counts: [UInt64]

        /// Puts one together.
        package init(labels: [(name: String, cell: ProgramCell)], counts: [UInt64]) {
            self.labels = labels
            self.counts = counts
        }

        package static func == (left: One, right: One) -> Bool {
            left.counts == right.counts && left.labels.map(\.name) == right.labels.map(\.name)
                && left.labels.map(\.cell) == right.labels.map(\.cell)
        }

        /// How many numbers there were.
        package var total: UInt64 {
            counts.reduce(0) { $0.addingReportingOverflow($1).partialValue }
        }

        /// The buckets between the first and the last that have something: lowest and highest
        /// number, and how many.
        package var rows: [(from: UInt64, to: UInt64, count: UInt64)] {
            let used = counts.indices.filter { counts[$0] > 0 }
            guard let first = used.first, let last = used.last else { return [] }
            return (first...last).map { index in
                let from: UInt64 = index == 0 ? 0 : index < 64 ? 1 << UInt64(index) : .max
                let to: UInt64 = index < 63 ? (1 << UInt64(index + 1)) - 1 : .max
                return (from, to, counts[index])
            }
        }
    }

    /// Puts them together.
    package init(name: String, title: String, unit: String?, all: [One]) {
        self.name = name
        self.title = title
        self.unit = unit
        self.all = all
    }
}
