extension ByteCursor {
    /// Reads an unsigned integer of variable length (DWARF 5, section 7.6).
    ///
    /// Padding with zero groups is accepted at any length, as assemblers emit it.
    ///
    /// - Throws: `ByteError` if the bytes end within it or the value exceeds 64 bits.
    package mutating func readULEB128() throws(ByteError) -> UInt64 {
        let start = fileOffset
        var scout = self
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try scout.readUInt8()
            let group = UInt64(byte & 0x7f)
            let isPadding = shift >= 64
            // The shift is at most 63 where it is used, so nothing of the group is lost unseen.
            guard isPadding ? group == 0 : (group << shift) >> shift == group else {
                throw ByteError(.integerTooLarge, at: start)
            }
            if !isPadding {
                value |= group << shift
                shift += 7
            }
            if byte & 0x80 == 0 { break }
        }
        self = scout
        return value
    }

    /// Reads a signed integer of variable length (DWARF 5, section 7.6).
    ///
    /// - Throws: `ByteError` if the bytes end within it or the value exceeds 64 bits.
    package mutating func readSLEB128() throws(ByteError) -> Int64 {
        let start = fileOffset
        var scout = self
        var value: Int64 = 0
        var shift: Int64 = 0
        while true {
            let byte = try scout.readUInt8()
            let group = Int64(byte & 0x7f)
            if shift < 63 {
                value |= group << shift
            } else {
                // Only copies of the sign are left: the tenth group adds one bit, later ones none.
                let isNegative = shift == 63 ? group & 1 == 1 : value < 0
                guard group == (isNegative ? 0x7f : 0) else {
                    throw ByteError(.integerTooLarge, at: start)
                }
                if shift == 63, isNegative { value |= .min }
            }
            shift = min(shift + 7, 70)
            if byte & 0x80 == 0 {
                if shift < 64, byte & 0x40 != 0 { value |= -1 << shift }
                break
            }
        }
        self = scout
        return value
    }
}
