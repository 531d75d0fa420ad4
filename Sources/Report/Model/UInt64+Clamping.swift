extension UInt64 {
    /// Adds, and stays at the maximum rather than overflow.
    mutating func addClamping(_ other: UInt64) {
        let (sum, overflow) = addingReportingOverflow(other)
        self = overflow ? .max : sum
    }
}
