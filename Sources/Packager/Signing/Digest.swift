internal import CSodium

/// The digests a bundle is checked by.
package enum Digest {
    /// The size of a SHA-256 digest, in bytes.
    package static let sha256Size = 32

    /// The SHA-256 of bytes (FIPS 180-4).
    package static func sha256(_ bytes: RawSpan) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: sha256Size)
        bytes.withUnsafeBytes { buffer in
            _ = crypto_hash_sha256(
                &digest, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self),
                UInt64(buffer.count))
        }
        return digest
    }

    /// The BLAKE2b of 64 bytes (RFC 7693), which minisign signs instead of the bytes.
    static func blake2b(_ bytes: RawSpan) -> [UInt8] {
        blake2b(bytes, size: 64)
    }

    private static func blake2b(_ bytes: RawSpan, size: Int) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: size)
        bytes.withUnsafeBytes { buffer in
            _ = crypto_generichash(
                &digest, digest.count, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self),
                UInt64(buffer.count), nil, 0)
        }
        return digest
    }

    /// The BLAKE2b of 32 bytes, several times as fast as SHA-256 on processors without
    /// instructions for that.
    static func blake2b256(_ bytes: RawSpan) -> [UInt8] {
        blake2b(bytes, size: 32)
    }

    /// The BLAKE2b of 32 bytes of several pieces, one after the other.
    static func blake2b256(pieces: Int, _ piece: (Int) -> [UInt8]) -> [UInt8] {
        // Swift does not import the state's type, which is aligned to 64 bytes.
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: crypto_generichash_statebytes(), alignment: 64)
        defer { memory.deallocate() }
        let state = OpaquePointer(memory)
        crypto_generichash_init(state, nil, 0, 32)
        for index in 0..<pieces {
            let bytes = piece(index)
            crypto_generichash_update(state, bytes, UInt64(bytes.count))
        }
        var digest = [UInt8](repeating: 0, count: 32)
        crypto_generichash_final(state, &digest, digest.count)
        return digest
    }
}

extension [UInt8] {
    /// The bytes as lower-case hexadecimal digits.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(count * 2)
        for byte in self { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
