/// Lengths of time as people write them: `250us`, `10ms`, `1.5s`, `2m`.
package enum DurationText {
    private static let units: [(suffix: String, nanoseconds: Double)] = [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9),
    ]

    /// The length in nanoseconds, at least 1; nil if it is none.
    package static func nanoseconds(of text: String) -> UInt64? {
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) }),
            let amount = Double(text.dropLast(unit.suffix.count)), amount.isFinite, amount > 0
        else { return nil }
        let total = (amount * unit.nanoseconds).rounded()
        guard total >= 1, total < 1e18 else { return nil }
        return UInt64(total)
    }
}
