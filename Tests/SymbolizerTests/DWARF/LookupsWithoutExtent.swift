@testable import Symbolizer

// Look-ups of tests that do not ask for what else has the same answer.

extension LineRows {
    /// The row an address is of.
    func row(at address: UInt64) -> Row? {
        var extent = Range.everywhere
        return row(at: address, &extent)
    }
}

extension AddressMap {
    /// The value of the range an address is in.
    func value(at address: UInt64) -> UInt32? {
        var extent = Range.everywhere
        return value(at: address, &extent)
    }
}
