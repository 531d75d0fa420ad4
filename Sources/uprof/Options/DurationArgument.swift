internal import ArgumentParser

/// A length of time on the command line: `250us`, `10ms`, `1.5s`, `2m`.
struct DurationArgument: ExpressibleByArgument, Equatable {
    /// The length in nanoseconds.
    let nanoseconds: UInt64

    private static let units: [(suffix: String, nanoseconds: Double)] = [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9),
    ]

    init?(argument: String) {
        guard let unit = Self.units.first(where: { argument.hasSuffix($0.suffix) }),
            let amount = Double(argument.dropLast(unit.suffix.count)), amount.isFinite, amount > 0
        else { return nil }
        let total = (amount * unit.nanoseconds).rounded()
        guard total >= 1, total < 1e18 else { return nil }
        nanoseconds = UInt64(total)
    }
}
