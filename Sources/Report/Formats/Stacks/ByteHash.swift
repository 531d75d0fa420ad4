/// A quick hash of bytes. Its seed is random, so that no input can be made of collisions.
enum ByteHash {
    /// Where every hash starts.
    static let seed = UInt64.random(in: .min ... .max)
    private static let factor: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// The hash of some bytes, behind what was hashed before.
    @inline(__always)
    static func hash(_ bytes: RawSpan, after start: UInt64) -> UInt64 {
        bytes.withUnsafeBytes { bytes in
            var hash = mix(start, UInt64(bytes.count))
            var offset = 0
            while bytes.count - offset >= 8 {
                hash = mix(hash, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset += 8
            }
            guard offset < bytes.count else { return hash }
            var rest: UInt64 = 0
            for byte in bytes[offset...] { rest = rest << 8 | UInt64(byte) }
            return mix(hash, rest)
        }
    }

    /// One hash of two numbers: both halves of a product.
    @inline(__always)
    static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = (left ^ factor ^ right).multipliedFullWidth(by: factor ^ (left >> 32))
        return product.high ^ product.low
    }
}
