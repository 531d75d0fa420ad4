internal import Bytes

/// The count at the end of a folded line: a decimal number without a sign.
struct FoldedCount: Equatable {
    /// The most digits behind the point that are kept.
    static let mostFractionDigits = 6

    /// The number in units of 10^-`fractionDigits`.
    private(set) var units: UInt64 = 0
    /// How many digits behind the point it has, without zeros at the end.
    private(set) var fractionDigits = 0
    /// Whether it was cut to what fits into 64 bits.
    private(set) var isClamped = false

    /// A whole number.
    init(_ number: UInt64) {
        units = number
    }

    /// Reads the number whose last byte is the last of a text, if there is one: digits, and perhaps
    /// a point among or behind them.
    ///
    /// - Parameters:
    ///   - text: What the number ends.
    ///   - start: Set to where the number begins.
    init?(endOf text: RawSpan, start: inout Int) {
        let last = Self.startOfDigits(text, before: text.byteCount)
        var first = last
        if last > 0, text.byte(at: last - 1) == UInt8(ascii: ".") {
            first = Self.startOfDigits(text, before: last - 1)
            // `.5` is no number, and `5.` is.
            guard first < last - 1 else { return nil }
        } else if last == text.byteCount {
            return nil
        }
        start = first
        read(text, from: first)
    }

    /// 10 to a power, or as near to it as 64 bits get.
    static func powerOfTen(_ exponent: Int) -> UInt64 {
        var power: UInt64 = 1
        for _ in 0..<max(exponent, 0) { power.multiplyClamping(by: 10) }
        return power
    }

    /// A number of units as text, without zeros behind the point: `12.5`.
    static func text(_ units: UInt64, _ fractionDigits: Int) -> String {
        guard fractionDigits > 0 else { return String(units) }
        let (whole, fraction) = units.quotientAndRemainder(dividingBy: powerOfTen(fractionDigits))
        guard fraction > 0 else { return String(whole) }
        let digits = String(fraction)
        var text = String(repeating: "0", count: fractionDigits - digits.count) + digits
        while text.hasSuffix("0") { text.removeLast() }
        return "\(whole).\(text)"
    }

    private static func startOfDigits(_ text: RawSpan, before end: Int) -> Int {
        var start = end
        while start > 0, let byte = text.byte(at: start - 1), byte.isDigit { start -= 1 }
        return start
    }

    private mutating func read(_ text: RawSpan, from start: Int) {
        var isFraction = false
        var zeros = 0
        for offset in start..<text.byteCount {
            guard let byte = text.byte(at: offset), byte.isDigit else {
                isFraction = true
                continue
            }
            let digit = UInt64(byte - UInt8(ascii: "0"))
            if !isFraction {
                append(digit)
            } else if digit == 0 {
                zeros += 1
            } else if fractionDigits + zeros < Self.mostFractionDigits {
                for _ in 0..<zeros { append(0) }
                append(digit)
                fractionDigits += zeros + 1
                zeros = 0
            } else {
                break
            }
        }
    }

    private mutating func append(_ digit: UInt64) {
        isClamped = units.multiplyClamping(by: 10) || isClamped
        isClamped = units.addClamping(digit) || isClamped
    }
}

extension UInt8 {
    /// Whether it is one of ASCII's digits.
    fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
