/// The unwind information of an image, compiled: rows in the order of their addresses, and the
/// rules they share.
///
/// Every address of the image is covered from the first row on: a gap between two functions has a
/// row of its own, ``UnwindRule/Kind/noInformation``.
package struct UnwindTable: Sendable {
    /// The rows, by address, no two at the same one, neighbours with different rules.
    package let rows: [UnwindRow]
    /// The rules, each one once.
    package let rules: [UnwindRule]

    /// Makes a table; the rows must be sorted.
    package init(rows: [UnwindRow], rules: [UnwindRule]) {
        self.rows = rows
        self.rules = rules
    }

    /// The rule for an address of the image, or nil if the address is before all rows.
    package func rule(at address: Address) -> UnwindRule? {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].address <= address { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : rules[Int(rows[low - 1].rule)]
    }
}
