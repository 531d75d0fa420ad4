/// Which lines addresses are of: what a line program yields, sorted.
final class LineRows: Sendable {
    /// The line from an address on, up to that of the next row.
    struct Row: Sendable {
        /// The distance of the address from the start of the sequence.
        var distance: UInt32
        /// The line; 0 if it is of none.
        var line: UInt32
        /// The number of the file.
        var file: UInt32
        /// The column; 0 if not told.
        var column: UInt32
    }

    /// Rows for addresses without gaps.
    struct Sequence: OverlappingRange, Sendable {
        /// The first address.
        var start: UInt64
        /// Where the last row ends.
        var end: UInt64
        /// Its rows, in the order of their addresses.
        var rows: Range<Int>
        /// The largest end of this and all sequences before it.
        var reach: UInt64 = 0
    }

    private let rows: [Row]
    private let sequences: [Sequence]

    init(rows: [Row] = [], sequences: [Sequence] = []) {
        self.rows = rows
        var sequences = sequences
        sequences.sortByStart()
        self.sequences = sequences
    }

    /// The addresses with rows.
    var ranges: [Range<UInt64>] {
        sequences.filter { $0.start < $0.end }.map { $0.start..<$0.end }
    }

    /// The row an address is of.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - extent: Is narrowed to addresses that are of the same row, or of none as well.
    /// - Returns: The row, or nil if it is of none.
    func row(at address: UInt64, _ extent: inout Range<UInt64>) -> Row? {
        guard let sequence = sequence(containing: address, &extent) else { return nil }
        let distance = address - sequence.start
        var (low, high) = (sequence.rows.lowerBound, sequence.rows.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if UInt64(rows[middle].distance) <= distance { low = middle + 1 } else { high = middle }
        }
        if low < sequence.rows.upperBound {
            // A damaged program can lead past the last address of all.
            let (next, overflow) = sequence.start.addingReportingOverflow(
                UInt64(rows[low].distance))
            extent.narrow(to: 0..<(overflow ? .max : next))
        }
        guard low > sequence.rows.lowerBound else { return nil }
        extent.narrow(to: sequence.start + UInt64(rows[low - 1].distance)..<(.max))
        return rows[low - 1]
    }

    private func sequence(
        containing address: UInt64, _ extent: inout Range<UInt64>
    ) -> Sequence? {
        let next = sequences.partitionPoint { $0.start <= address }
        let nearest = next > 0 ? next - 1 : nil
        return sequences.first(containing: address, from: nearest, &extent) { found, _ in found }
    }
}
