/// The rows of an ``UnwindTable``: 8 bytes each, since an image's code spans less than 4 GiB.
package struct UnwindRows: RandomAccessCollection, Sendable {
    /// A row as it is kept.
    package struct Entry: Sendable, BitwiseCopyable {
        /// Where it begins, from ``UnwindRows/base`` on, in bytes.
        package var offset: UInt32
        /// Its rule's index.
        package var rule: UInt32
    }

    /// The address that rows' offsets are from.
    package let base: UInt64
    /// The rows, for those who go through all of them.
    package let entries: [Entry]

    /// Takes rows whose addresses are offsets from a base.
    init(base: Address, entries: [Entry]) {
        self.base = base.rawValue
        self.entries = entries
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { entries.count }

    package subscript(position: Int) -> UnwindRow {
        let entry = entries[position]
        return UnwindRow(address: Address(base &+ UInt64(entry.offset)), rule: entry.rule)
    }

    /// How many rows are at or before an address.
    func count(upTo address: Address) -> Int {
        guard address.rawValue >= base else { return 0 }
        let offset = address.rawValue - base
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if UInt64(entries[middle].offset) <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
