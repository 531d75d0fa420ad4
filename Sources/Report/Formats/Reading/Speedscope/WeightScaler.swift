/// From weights with fractions to whole numbers: what is cut off one is added to the next, so that
/// the sum is right within one.
struct WeightScaler {
    private let factor: Double
    private var rest = 0.0

    /// A scaler for a unit of speedscope: times become nanoseconds.
    init(unit: String) {
        factor =
            switch unit {
            case "seconds": 1e9
            case "milliseconds": 1e6
            case "microseconds": 1e3
            default: 1
            }
    }

    /// The whole number for a weight as it is written; negative ones and what is none count 0.
    mutating func value(_ text: String) -> UInt64 {
        if factor == 1, let whole = UInt64(text) { return whole }
        return value(Double(text) ?? 0)
    }

    /// The whole number for a weight.
    mutating func value(_ weight: Double) -> UInt64 {
        let exact = weight * factor + rest
        guard exact > 0, exact.isFinite else { return 0 }
        let whole = exact.rounded()
        rest = exact - whole
        return UInt64(exactly: whole) ?? .max
    }
}
