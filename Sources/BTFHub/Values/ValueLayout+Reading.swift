package import Bytes

extension ValueLayout.Field {
    /// What it holds in a value, whose integers have this byte order; nil if the value ends before
    /// it does.
    package func value(in bytes: RawSpan, byteOrder: ByteOrder) -> FieldValue? {
        switch kind {
        case .characters(let count):
            guard let part = try? bytes.slice(at: bitOffset / 8, count: UInt64(count)) else {
                return nil
            }
            return .characters(part.array)
        case .list(let element, let stride, let count):
            var values: [FieldValue] = []
            for index in 0..<UInt64(count) {
                let offset = bitOffset + index * UInt64(stride) * 8
                guard
                    let value = element.scalar(at: offset, in: bytes, byteOrder: byteOrder)
                else { return nil }
                values.append(value)
            }
            return .list(values)
        default: return kind.scalar(at: bitOffset, in: bytes, byteOrder: byteOrder)
        }
    }
}

extension FieldKind {
    /// What is at a place, if it is neither text nor list.
    fileprivate func scalar(
        at bitOffset: UInt64, in bytes: RawSpan, byteOrder: ByteOrder
    ) -> FieldValue? {
        guard let raw = Self.word(at: bitOffset, bits: bits, in: bytes, byteOrder: byteOrder)
        else { return nil }
        switch self {
        case .integer(let bits, let isSigned):
            return isSigned ? .signed(Self.extended(raw, bits)) : .unsigned(raw)
        case .boolean: return .boolean(raw != 0)
        case .pointer: return .unsigned(raw)
        case .float(let size):
            return .real(
                size == 4
                    ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: raw)))
                    : Double(bitPattern: raw))
        case .enumeration(let bits, let isSigned, let names):
            let value = isSigned ? UInt64(bitPattern: Self.extended(raw, bits)) : raw
            if let name = names[value] { return .enumerator(name) }
            return isSigned ? .signed(Int64(bitPattern: value)) : .unsigned(value)
        case .characters, .list: return nil
        }
    }

    /// Up to 64 bits from any place: those of bit fields are counted from the lowest of the first
    /// byte where bytes are in little-endian order, from the highest in the other.
    private static func word(
        at bitOffset: UInt64, bits: UInt64, in bytes: RawSpan, byteOrder: ByteOrder
    ) -> UInt64? {
        let shift = bitOffset % 8
        let count = (shift + bits + 7) / 8
        guard bits > 0, bits <= 64, count <= 8,
            let part = try? bytes.slice(at: bitOffset / 8, count: count)
        else { return nil }
        var word: UInt64 = 0
        for index in 0..<part.byteCount {
            let place = byteOrder == .little ? part.byteCount - 1 - index : index
            word = word << 8 | UInt64(part.byte(at: place) ?? 0)
        }
        word >>= byteOrder == .little ? shift : count * 8 - shift - bits
        return bits == 64 ? word : word & (1 << bits - 1)
    }

    private static func extended(_ word: UInt64, _ bits: Int) -> Int64 {
        let unused = UInt64(64 - bits)
        return Int64(bitPattern: word << unused) >> Int64(unused)
    }
}
