/// Numbers as people like to read them.
package enum HumanUnits {
    private static let durationUnits: [(nanoseconds: UInt64, name: String)] = [
        (1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs"),
    ]

    /// A duration with three significant digits: `999 ns`, `1.23 µs`, `45.6 ms`, `1,234 s`.
    package static func duration(_ nanoseconds: UInt64) -> String {
        guard let unit = durationUnits.first(where: { nanoseconds >= $0.nanoseconds }) else {
            return "\(nanoseconds) ns"
        }
        let whole = nanoseconds / unit.nanoseconds
        let digits = whole < 10 ? 2 : whole < 100 ? 1 : 0
        let step = unit.nanoseconds / powerOfTen(digits)
        let steps = nanoseconds / step + (nanoseconds % step >= step - step / 2 ? 1 : 0)
        // 9.996 becomes 10.0, and 999.6 µs becomes 1.00 ms.
        let (rounded, overflow) = steps.multipliedReportingOverflow(by: step)
        if steps == 1_000, !overflow, rounded != nanoseconds { return duration(rounded) }
        return "\(decimal(steps, fractionDigits: digits)) \(unit.name)"
    }

    /// A count with thousands separators: `1,234,567`.
    package static func count(_ count: UInt64) -> String {
        let digits = Array(String(count))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// How often something happens a second, with three significant digits or all of them.
    package static func rate(of count: UInt64, in nanoseconds: UInt64) -> String {
        guard count > 0 else { return "0" }
        guard nanoseconds > 0 else { return "-" }
        let rate = Double(count) / Double(nanoseconds) * 1e9
        return fixed(rate, fractionDigits: rate < 9.995 ? 2 : rate < 99.95 ? 1 : 0)
    }

    /// A part of a whole in percent: `12.3%`; `0%` of nothing.
    package static func percentage(
        _ part: UInt64, of whole: UInt64, fractionDigits: Int = 1
    ) -> String {
        guard part > 0, whole > 0 else { return "0%" }
        guard part < whole else { return "100%" }
        let share = Double(part) / Double(whole) * 100
        return "\(fixed(share, fractionDigits: fractionDigits))%"
    }

    /// A number with a fixed count of digits behind the point; negative ones become 0.
    package static func fixed(_ value: Double, fractionDigits: Int) -> String {
        let scaled = (value * Double(powerOfTen(fractionDigits))).rounded()
        let steps = scaled > 0 ? UInt64(exactly: min(scaled, 1e19)) ?? .max : 0
        return decimal(steps, fractionDigits: fractionDigits)
    }

    private static func decimal(_ steps: UInt64, fractionDigits: Int) -> String {
        guard fractionDigits > 0 else { return count(steps) }
        let (whole, fraction) = steps.quotientAndRemainder(dividingBy: powerOfTen(fractionDigits))
        let digits = String(fraction)
        let zeros = String(repeating: "0", count: fractionDigits - digits.count)
        return "\(count(whole)).\(zeros)\(digits)"
    }

    private static func powerOfTen(_ exponent: Int) -> UInt64 {
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}
