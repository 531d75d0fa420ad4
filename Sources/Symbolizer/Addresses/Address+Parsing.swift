extension Address {
    /// Reads the hexadecimal digits of an address, with or without `0x` before them; spaces
    /// around it are left aside.
    ///
    /// - Returns: nil for anything else, and for numbers of more than 64 bits.
    package init?(hexadecimal text: ArraySlice<UInt8>) {
        var (start, end) = (text.startIndex, text.endIndex)
        while start < end, text[start] <= UInt8(ascii: " ") { start += 1 }
        while start < end, text[end - 1] <= UInt8(ascii: " ") { end -= 1 }
        if end - start > 1, text[start] == UInt8(ascii: "0"), text[start + 1] | 0x20 == Self.mark {
            start += 2
        }
        guard start < end else { return nil }
        var value: UInt64 = 0
        for index in start..<end {
            guard let digit = Self.digit(text[index]), value >> 60 == 0 else { return nil }
            value = value << 4 | digit
        }
        self.init(value)
    }

    private static let mark = UInt8(ascii: "x")

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
