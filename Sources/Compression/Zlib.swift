internal import CDeflate
internal import CZlib

/// The zlib format, RFC 1950, and its checksums.
package enum Zlib {
    /// The bytes, compressed; nil if there is no memory for it.
    package static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var size = compressBound(UInt(bytes.count))
        var result = [UInt8](repeating: 0, count: Int(size))
        // Level 4 is twice as fast as the usual one and has 5 % larger files.
        guard compress2(&result, &size, bytes, UInt(bytes.count), 4) == Z_OK else { return nil }
        result.removeSubrange(Int(size)...)
        return result
    }

    /// Fills the output with decompressed bytes.
    ///
    /// A section that a linker put together may hold several streams.
    /// - Returns: Whether there were exactly as many as there is room.
    package static func decompress(
        _ bytes: RawSpan, into output: UnsafeMutableRawBufferPointer
    ) -> Bool {
        guard let decompressor = libdeflate_alloc_decompressor() else { return false }
        defer { libdeflate_free_decompressor(decompressor) }
        return bytes.withUnsafeBytes { input in
            var (read, written) = (0, 0)
            repeat {
                var (used, made) = (0, 0)
                let result = libdeflate_zlib_decompress_ex(
                    decompressor, start(of: input, from: read), input.count - read,
                    output.baseAddress.map { $0 + written }, output.count - written, &used, &made)
                // A stream that has more than there is room for fails here too.
                guard result == LIBDEFLATE_SUCCESS, used > 0 else { return output.isEmpty }
                read += used
                written += made
            } while written < output.count
            return true
        }
    }

    private static func start(
        of bytes: UnsafeRawBufferPointer, from offset: Int
    ) -> UnsafeRawPointer? {
        bytes.baseAddress.map { $0 + offset }
    }

    /// The CRC-32 of some bytes, which `.gnu_debuglink` has of the debug file.
    package static func crc32(_ bytes: RawSpan) -> UInt32 {
        bytes.withUnsafeBytes { bytes in
            libdeflate_crc32(0, bytes.baseAddress, bytes.count)
        }
    }
}
