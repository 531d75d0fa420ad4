extension Address {
    /// Reads the hexadecimal digits of an address, with or without `0x` before them; spaces
    /// around it are left aside.
    ///
    /// - Returns: nil for anything else, and for numbers of more than 64 bits.
    package init?(hexadecimal text: some BidirectionalCollection<UInt8>) {
        var digits = text.drop { $0 <= UInt8(ascii: " ") }[...]
        while let last = digits.last, last <= UInt8(ascii: " ") { digits = digits.dropLast() }
        if digits.first == UInt8(ascii: "0"),
            digits.dropFirst().first.map({ $0 | 0x20 }) == UInt8(ascii: "x")
        {
            digits = digits.dropFirst(2)
        }
        guard !digits.isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in digits {
            guard let digit = Self.digit(byte), value >> 60 == 0 else { return nil }
            value = value << 4 | digit
        }
        self.init(value)
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
