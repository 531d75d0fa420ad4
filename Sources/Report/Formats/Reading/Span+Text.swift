internal import Bytes

/// The classes of ASCII characters, as regular expressions have them.
enum ASCII {
    /// `\s`.
    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 9 && byte <= 13) }

    /// `\d`.
    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// `\w`.
    @inline(__always)
    static func isWord(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return (lower >= 0x61 && lower <= 0x7A) || isDigit(byte) || byte == 0x5F
    }

    /// A digit of a number as the kernel writes it: hexadecimal, lower case.
    @inline(__always)
    static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte >= 0x61 && byte <= 0x66)
    }
}

extension Span where Element == UInt8 {
    /// The first index from `start` on whose byte is not of a class.
    @inline(__always)
    func skip(_ isInClass: (UInt8) -> Bool, from start: Int) -> Int {
        var index = start
        while index < count, isInClass(self[index]) { index += 1 }
        return index
    }

    /// The first index of the run of bytes of a class that ends before `end`.
    @inline(__always)
    func skipBack(_ isInClass: (UInt8) -> Bool, from end: Int) -> Int {
        var index = end
        while index > 0, isInClass(self[index - 1]) { index -= 1 }
        return index
    }

    /// The last index of a byte before `end`.
    @inline(__always)
    func last(_ byte: UInt8, before end: Int) -> Int? {
        var index = end
        while index > 0 {
            index -= 1
            if self[index] == byte { return index }
        }
        return nil
    }

    /// Whether it begins with some text.
    func starts(with text: StaticString) -> Bool { hasText(text, at: 0) }

    /// Whether it ends with some text.
    func ends(with text: StaticString) -> Bool {
        hasText(text, at: count - text.utf8CodeUnitCount)
    }

    /// Whether some text is at an index.
    func hasText(_ text: StaticString, at start: Int) -> Bool {
        let size = text.utf8CodeUnitCount
        guard start >= 0, start <= count, size <= count - start else { return false }
        return text.withUTF8Buffer { text in
            for offset in 0..<size where self[start + offset] != text[offset] { return false }
            return true
        }
    }

    /// The first index of some text.
    func first(of text: StaticString) -> Int? {
        guard count >= text.utf8CodeUnitCount else { return nil }
        return (0...(count - text.utf8CodeUnitCount)).first { hasText(text, at: $0) }
    }

    /// Without the white space at both ends.
    @_lifetime(copy self)
    func trimmed() -> Span<UInt8> { extracting(trimmed(0..<count)) }

    /// A range without the white space at both ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, ASCII.isSpace(self[start]) { start += 1 }
        while end > start, ASCII.isSpace(self[end - 1]) { end -= 1 }
        return start..<end
    }

    /// A copy.
    var array: [UInt8] { bytes.array }
}
