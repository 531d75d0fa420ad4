internal import CZlib

/// The zlib format, RFC 1950, and its checksums.
package enum Zlib {
    /// zlib counts bytes in 32 bits.
    private static let mostAtOnce = 1 << 30

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
        var stream = z_stream()
        guard
            inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return false }
        defer { inflateEnd(&stream) }
        return bytes.withUnsafeBytes { input in
            var read = 0
            var written = 0
            var isAtEnd = output.isEmpty
            // A stream that is not at its end has more than there is room for.
            while written < output.count || !isAtEnd {
                let result = step(
                    &stream, input[read...], output[written...], read: &read, written: &written)
                isAtEnd = result == Z_STREAM_END
                if isAtEnd {
                    guard inflateReset(&stream) == Z_OK else { return false }
                } else if result != Z_OK {
                    return false
                }
            }
            return true
        }
    }

    private static func step(
        _ stream: inout z_stream, _ input: Slice<UnsafeRawBufferPointer>,
        _ output: Slice<UnsafeMutableRawBufferPointer>, read: inout Int, written: inout Int
    ) -> Int32 {
        let input = UnsafeRawBufferPointer(rebasing: input.prefix(mostAtOnce))
        let output = UnsafeMutableRawBufferPointer(rebasing: output.prefix(mostAtOnce))
        // zlib does not write to its input; its type is older than const.
        stream.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(output.count)
        let result = inflate(&stream, Z_NO_FLUSH)
        read += input.count - Int(stream.avail_in)
        written += output.count - Int(stream.avail_out)
        return result
    }

    /// The CRC-32 of some bytes, which `.gnu_debuglink` has of the debug file.
    package static func crc32(_ bytes: RawSpan) -> UInt32 {
        bytes.withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return UInt32(truncatingIfNeeded: crc32_z(0, start, bytes.count))
        }
    }
}
