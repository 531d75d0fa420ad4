/// The unwind information of an image, compiled: rows in the order of their addresses, and the
/// rules they share.
///
/// Every address of the image is covered from the first row on: a gap between two functions has a
/// row of its own, ``UnwindRule/Kind/noInformation``, and so has what is behind the last one.
package struct UnwindTable: Sendable {
    /// The rows, by address, no two at the same one, neighbours with different rules.
    package let rows: UnwindRows
    /// The rules, each one once.
    package let rules: [UnwindRule]
    /// How many entries of the image could not be used, because they are damaged.
    package let invalidEntries: Int

    /// Makes a table of what was compiled.
    init(rows: UnwindRows, rules: [UnwindRule], invalidEntries: Int) {
        self.rows = rows
        self.rules = rules
        self.invalidEntries = invalidEntries
    }

    /// Makes a table; the rows must be sorted, and less than 4 GiB apart.
    package init(rows: [UnwindRow], rules: [UnwindRule]) {
        let base = rows.first?.address ?? Address(0)
        let entries = rows.map { row in
            UnwindRows.Entry(
                offset: UInt32(clamping: row.address.rawValue &- base.rawValue), rule: row.rule)
        }
        self.init(rows: UnwindRows(base: base, entries: entries), rules: rules, invalidEntries: 0)
    }

    /// The rule for an address of the image, or nil if the address is before all rows.
    package func rule(at address: Address) -> UnwindRule? {
        let count = rows.count(upTo: address)
        return count == 0 ? nil : rules[Int(rows[count - 1].rule)]
    }
}
