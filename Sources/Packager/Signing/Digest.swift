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

    /// The SHA-256 of several pieces, one after the other.
    package static func sha256(pieces: Int, _ piece: (Int) -> [UInt8]) -> [UInt8] {
        var state = crypto_hash_sha256_state()
        crypto_hash_sha256_init(&state)
        for index in 0..<pieces {
            let bytes = piece(index)
            crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count))
        }
        var digest = [UInt8](repeating: 0, count: sha256Size)
        crypto_hash_sha256_final(&state, &digest)
        return digest
    }

    /// The BLAKE2b of 64 bytes (RFC 7693), which minisign signs instead of the bytes.
    static func blake2b(_ bytes: RawSpan) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 64)
        bytes.withUnsafeBytes { buffer in
            _ = crypto_generichash(
                &digest, digest.count, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self),
                UInt64(buffer.count), nil, 0)
        }
        return digest
    }

    /// The BLAKE2b of 32 bytes, the checksum inside a secret key file.
    static func blake2bChecksum(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        crypto_generichash(&digest, digest.count, bytes, UInt64(bytes.count), nil, 0)
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
