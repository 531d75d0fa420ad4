internal import CNettle

/// The SHA-256 of bytes, by nettle.
package enum SHA256 {
    /// How many bytes it has.
    package static let size = 32

    /// The hash.
    package static func digest(of bytes: RawSpan) -> [UInt8] {
        var context = sha256_ctx()
        nettle_sha256_init(&context)
        bytes.withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            nettle_sha256_update(&context, bytes.count, start)
        }
        var digest = [UInt8](repeating: 0, count: size)
        nettle_sha256_digest(&context, digest.count, &digest)
        return digest
    }

    /// The hash in 64 hexadecimal digits.
    package static func hexadecimal(of bytes: RawSpan) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = digest(of: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
