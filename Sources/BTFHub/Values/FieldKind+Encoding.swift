package import Bytes

extension FieldKind {
    /// The bytes of a number.
    ///
    /// - Returns: The bytes; nil if it does not fit, or this is no number of whole bytes.
    package func encoded(_ number: Int64, byteOrder: ByteOrder) -> [UInt8]? {
        let width: Int
        switch self {
        case .integer(let bits, let isSigned), .enumeration(let bits, let isSigned, _):
            width = bits
            guard Self.fits(number, bits: bits, isSigned: isSigned) else { return nil }
        case .boolean(let bits):
            width = bits
            guard number == 0 || number == 1 else { return nil }
        default: return nil
        }
        guard width.isMultiple(of: 8) else { return nil }
        let bytes = (0..<width / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        return byteOrder == .little ? bytes : bytes.reversed()
    }

    /// The bytes of a text, and zeros behind it.
    ///
    /// - Returns: The bytes; nil if there is no room for it and a zero, or this is no text.
    package func encoded(_ text: String) -> [UInt8]? {
        guard case .characters(let count) = self, text.utf8.count < count,
            !text.utf8.contains(0)
        else { return nil }
        return Array(text.utf8) + [UInt8](repeating: 0, count: count - text.utf8.count)
    }

    private static func fits(_ number: Int64, bits: Int, isSigned: Bool) -> Bool {
        if isSigned {
            return bits >= 64 || (-(1 << (bits - 1))..<(1 << (bits - 1))).contains(number)
        }
        return number >= 0 && (bits >= 63 || number < 1 << bits)
    }
}
