internal import Symbolizer

extension FuzzHarness {
    /// The unwind tables of images.
    static let unwinding = FuzzHarness("unwinding", seeds: .images) { bytes in
        guard let table = try? UnwindTable(bytes: bytes, name: "fuzz") else { return }
        var last: Address?
        for row in table.rows {
            if let last { precondition(last < row.address, "rows are sorted") }
            last = row.address
            _ = table.rule(at: row.address)
        }
        _ = table.rule(at: Address(.max))
    }
}
