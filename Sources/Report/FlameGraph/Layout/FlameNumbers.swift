/// Numbers in a flame graph, written as flamegraph.pl writes them.
struct FlameNumbers {
    /// The values of all stacks, in units of the tree.
    private let total: UInt64
    private let factor: Double
    /// How many units one sample is.
    private let scale: Double
    /// The word behind a count, with a space before it.
    private let unit: [UInt8]

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
        unit = Array(" \(XMLText.escaped(options.unit)), ".utf8)
    }

    /// `1,234 samples, 100%`: the box of all stacks.
    func appendAll(to text: inout [UInt8]) {
        appendCount(total, to: &text)
        text += unit
        text += "100%".utf8
    }

    /// `1,234 samples, 5.67%`.
    func append(_ value: UInt64, to text: inout [UInt8]) {
        appendCount(value, to: &text)
        text += unit
        let samples = isPlain ? Double(value) : rounded(value)
        text.append(hundredths: Self.hundredths(total > 0 ? 100 * samples / whole : 0))
        text.append(UInt8(ascii: "%"))
    }

    /// `1,234 samples, 5.67%; +0.12%`: with how much more or less it is than it was.
    func append(_ value: UInt64, change: Double, to text: inout [UInt8]) {
        append(value, to: &text)
        let share = total > 0 ? 100 * (abs(change) / scale) / whole : 0
        text += "; \(change > 0 ? "+" : change < 0 ? "-" : "")".utf8
        text.append(hundredths: Self.hundredths(share))
        text.append(UInt8(ascii: "%"))
    }

    /// A number with commas, multiplied and rounded.
    private func appendCount(_ value: UInt64, to text: inout [UInt8]) {
        text.append(grouped: isPlain ? value : UInt64(exactly: min(rounded(value), 1.8e19)) ?? .max)
    }

    private var isPlain: Bool { factor == 1 && scale == 1 }

    private var whole: Double { Double(total) / scale * factor }

    private func rounded(_ value: UInt64) -> Double {
        (Double(value) / scale * factor).rounded(.toNearestOrEven)
    }

    /// A number in hundredths, rounded as C does: by the decimal number that a `Double` is.
    static func hundredths(_ value: Double) -> UInt64 {
        let product = value * 100
        let whole = product.rounded(.down)
        guard product < 1e18 else { return .max }
        var result = UInt64(whole)
        // What the multiplication has rounded away decides where it seems to be a half.
        let rest = value.isFinite ? (-product).addingProduct(value, 100) : 0
        let half = product - whole - 0.5
        let isAbove = half == 0 ? rest > 0 || (rest == 0 && result % 2 == 1) : half > 0
        if isAbove { result += 1 }
        return result
    }
}

extension [UInt8] {
    /// Appends a number with commas: `1,234,567`.
    mutating func append(grouped number: UInt64) {
        guard number >= 1_000 else { return append(decimal: number) }
        append(grouped: number / 1_000)
        append(UInt8(ascii: ","))
        append(decimal: number % 1_000, digits: 3)
    }

    /// Appends a number, with zeros before it where it has fewer digits.
    mutating func append(decimal number: UInt64, digits: Int = 1) {
        if number >= 10 || digits > 1 { append(decimal: number / 10, digits: digits - 1) }
        append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    /// Appends a number of hundredths with two digits behind the point: `12.34`.
    mutating func append(hundredths number: UInt64) {
        append(decimal: number / 100)
        append(UInt8(ascii: "."))
        append(decimal: number % 100, digits: 2)
    }

    /// Appends text of the program's own.
    mutating func append(_ text: StaticString) {
        append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
