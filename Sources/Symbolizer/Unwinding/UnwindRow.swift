/// From which address of an image a rule holds, up to the next row.
package struct UnwindRow: Hashable, Sendable {
    /// The first address, as in the image's headers (not the file's offset).
    package let address: Address
    /// The index of its rule in the table's ``UnwindTable/rules``.
    package let rule: UInt32

    /// Makes a row.
    package init(address: Address, rule: UInt32) {
        self.address = address
        self.rule = rule
    }
}
