internal import Bytes

/// How often a stack was met: a decimal number of at most nine places, added exactly.
package struct StackCount: Sendable, Hashable {
    /// The whole part; it stays at the maximum rather than overflow.
    package private(set) var whole: UInt64
    /// The rest, in billionths.
    package private(set) var billionths: UInt64 = 0

    private static let one: UInt64 = 1_000_000_000

    /// A whole number.
    package init(_ whole: UInt64) {
        self.whole = whole
    }

    /// Reads digits, with or without a point among them; nil for anything else.
    init?(_ text: RawSpan) {
        var whole: UInt64 = 0
        var billionths: UInt64 = 0
        var place: UInt64?
        var digits = 0
        for offset in 0..<text.byteCount {
            guard let byte = text.byte(at: offset) else { return nil }
            if byte == UInt8(ascii: "."), place == nil {
                place = Self.one / 10
                continue
            }
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            digits += 1
            let digit = UInt64(byte - 0x30)
            if let current = place {
                billionths += digit * current
                place = current / 10
            } else {
                let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
                whole = overflow ? .max : product
                whole.addClamping(digit)
            }
        }
        guard digits > 0 else { return nil }
        self.whole = whole
        self.billionths = billionths
    }

    /// Adds another number.
    mutating func add(_ other: StackCount) {
        whole.addClamping(other.whole)
        billionths += other.billionths
        if billionths >= Self.one {
            billionths -= Self.one
            whole.addClamping(1)
        }
    }

    /// Takes the whole part away, and leaves the fraction.
    mutating func takeWhole() -> UInt64 {
        defer { whole = 0 }
        return whole
    }

    /// Whether it is zero.
    package var isZero: Bool { whole == 0 && billionths == 0 }

    /// Appends the number as text: no zeros behind the last place that counts.
    func write(to text: inout [UInt8]) {
        text += String(whole).utf8
        guard billionths != 0 else { return }
        text.append(UInt8(ascii: "."))
        var rest = billionths
        var place = Self.one / 10
        while rest != 0 {
            text.append(UInt8(ascii: "0") + UInt8(rest / place))
            rest %= place
            place /= 10
        }
    }
}
