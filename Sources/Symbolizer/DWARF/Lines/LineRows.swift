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
    struct Sequence: Sendable {
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

    /// How many sequences are looked at that start before an address but do not contain it.
    private static let longestSearch = 4096

    init(rows: [Row] = [], sequences: [Sequence] = []) {
        self.rows = rows
        var sequences = sequences.sorted { $0.start < $1.start }
        var reach: UInt64 = 0
        for index in sequences.indices {
            reach = max(reach, sequences[index].end)
            sequences[index].reach = reach
        }
        self.sequences = sequences
    }

    /// The addresses with rows.
    var ranges: [Range<UInt64>] {
        sequences.filter { $0.start < $0.end }.map { $0.start..<$0.end }
    }

    /// The row an address is of.
    func row(at address: UInt64) -> Row? {
        guard let sequence = sequence(containing: address) else { return nil }
        let distance = address - sequence.start
        var (low, high) = (sequence.rows.lowerBound, sequence.rows.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if UInt64(rows[middle].distance) <= distance { low = middle + 1 } else { high = middle }
        }
        return low > sequence.rows.lowerBound ? rows[low - 1] : nil
    }

    private func sequence(containing address: UInt64) -> Sequence? {
        var index = sequences.partitionPoint { $0.start <= address } - 1
        let last = max(index - Self.longestSearch, -1)
        while index > last, sequences[index].reach > address {
            if sequences[index].end > address { return sequences[index] }
            index -= 1
        }
        return nil
    }
}
