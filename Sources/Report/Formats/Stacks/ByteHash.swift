/// A quick hash of bytes. Its seed is random, so that no input can be made of collisions.
enum ByteHash {
    /// Where every hash starts.
    static let seed = UInt64.random(in: .min ... .max)
    private static let factor: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// The hash of some bytes, behind what was hashed before: by words, of which the last two overlap.
    @inline(__always)
    static func hash(_ bytes: RawSpan, after start: UInt64) -> UInt64 {
        let (size, word) = (bytes.byteCount, MemoryLayout<UInt64>.size)
        var hash = mix(start, UInt64(truncatingIfNeeded: size))
        guard size >= word else { return mix(hash, short(bytes)) }
        var offset = 0
        while offset < size - word {
            hash = mix(hash, load(bytes, at: offset))
            offset += word
        }
        return mix(hash, load(bytes, at: size - word))
    }

    /// Up to seven bytes as one number.
    @inline(__always)
    private static func short(_ bytes: RawSpan) -> UInt64 {
        let size = bytes.byteCount
        guard size >= 4 else {
            guard size > 0 else { return 0 }
            return UInt64(load(bytes, at: 0) as UInt8) << 16
                | UInt64(load(bytes, at: size / 2) as UInt8) << 8
                | UInt64(load(bytes, at: size - 1) as UInt8)
        }
        return UInt64(load(bytes, at: 0) as UInt32) << 32
            | UInt64(load(bytes, at: size - 4) as UInt32)
    }

    @inline(__always)
    private static func load<Number: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: RawSpan, at offset: Int
    ) -> Number {
        bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Number.self)
    }

    /// One hash of two numbers: both halves of a product.
    @inline(__always)
    static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = (left ^ factor ^ right).multipliedFullWidth(by: factor ^ (left >> 32))
        return product.high ^ product.low
    }
}
