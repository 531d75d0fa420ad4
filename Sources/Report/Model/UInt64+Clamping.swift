extension UInt64 {
    /// Adds, and stays at the maximum rather than overflow.
    ///
    /// - Returns: Whether that was needed.
    @discardableResult
    mutating func addClamping(_ other: UInt64) -> Bool {
        let (sum, overflow) = addingReportingOverflow(other)
        self = overflow ? .max : sum
        return overflow
    }

    /// Multiplies, and stays at the maximum rather than overflow.
    ///
    /// - Returns: Whether that was needed.
    @discardableResult
    mutating func multiplyClamping(by factor: UInt64) -> Bool {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        self = overflow ? .max : product
        return overflow
    }
}
