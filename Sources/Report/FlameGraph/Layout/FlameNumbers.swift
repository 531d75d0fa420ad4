internal import Glibc

/// Numbers in a flame graph, written as flamegraph.pl writes them.
struct FlameNumbers {
    /// The values of all stacks, in units of the tree.
    private let total: UInt64
    private let factor: Double
    /// How many units one sample is.
    private let scale: Double
    private let unit: String

    /// Prepares for the values of a tree.
    ///
    /// - Parameters:
    ///   - tree: The tree.
    ///   - total: The value of the whole, in units of the tree.
    ///   - options: The word behind numbers, and what they are multiplied by.
    init(_ tree: FlameTree, total: UInt64, _ options: FlameGraphOptions) {
        self.total = total
        factor = options.factor
        scale = Double(FoldedCount.powerOfTen(tree.fractionDigits))
        unit = options.unit
    }

    /// `1,234 samples, 100%`: the box of all stacks.
    var all: String { "\(count(total)) \(unit), 100%" }

    /// `1,234 samples, 5.67%`.
    func value(_ value: UInt64) -> String { "\(count(value)) \(unit), \(share(of: value))%" }

    /// `1,234 samples, 5.67%; +0.12%`: with how much more or less it is than it was.
    func value(_ value: UInt64, change: Double) -> String {
        let share = change / scale * 100 / whole
        let percent = Self.printed("%.2f", total > 0 ? share * factor : 0)
        return "\(self.value(value)); \(change > 0 ? "+" : "")\(percent)%"
    }

    /// A number with commas, multiplied and rounded.
    private func count(_ value: UInt64) -> String {
        guard factor != 1 || scale != 1 else { return HumanUnits.count(value) }
        let text = Self.printed("%.0f", rounded(value))
        let digits = text.drop { $0 == "-" }
        guard digits.allSatisfy(\.isNumber) else { return text }
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return text.hasPrefix("-") ? "-" + result : result
    }

    private func share(of value: UInt64) -> String {
        let samples = factor == 1 && scale == 1 ? Double(value) : rounded(value)
        return Self.printed("%.2f", total > 0 ? 100 * samples / whole : 0)
    }

    private var whole: Double { Double(total) / scale * factor }

    private func rounded(_ value: UInt64) -> Double {
        (Double(value) / scale * factor).rounded(.toNearestOrEven)
    }

    /// C's own rounding, which is that of the decimal number a `Double` is.
    private static func printed(_ format: String, _ value: Double) -> String {
        var buffer = [CChar](repeating: 0, count: 400)
        let count = withVaList([value]) { vsnprintf(&buffer, buffer.count, format, $0) }
        let bytes = buffer.prefix(max(0, min(Int(count), buffer.count - 1)))
        return String(decoding: bytes.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
