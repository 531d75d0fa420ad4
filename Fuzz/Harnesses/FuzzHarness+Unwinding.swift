internal import Bytes
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

    /// Unwind tables as the cache keeps them.
    static let unwindTable = FuzzHarness("unwind-table") { bytes in
        guard let table = UnwindTable(parsing: bytes.span.bytes) else { return }
        precondition(UnwindTable(parsing: table.encoded.span.bytes) != nil, "it can be written")
        for row in table.rows { _ = table.rule(at: row.address) }
    }
}
