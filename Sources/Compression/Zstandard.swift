internal import CZstd

/// The Zstandard format, RFC 8878, by libzstd.
package enum Zstandard {
    /// Slow to compress and as quick as any to decompress.
    private static let level: Int32 = 19

    /// The compressed bytes, or nil if there is no memory for them.
    package static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        let bound = ZSTD_compressBound(bytes.count)
        var size = 0
        let compressed = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            size = ZSTD_compress(buffer.baseAddress, bound, bytes, bytes.count, level)
            count = ZSTD_isError(size) == 0 ? size : 0
        }
        return ZSTD_isError(size) == 0 ? compressed : nil
    }

    /// The bytes of a single frame, or nil if it is damaged or does not claim to have so many.
    package static func decompress(_ compressed: RawSpan, size: Int) -> [UInt8]? {
        let claimed = compressed.withUnsafeBytes { compressed in
            ZSTD_getFrameContentSize(compressed.baseAddress, compressed.count)
        }
        guard claimed == UInt64(size) else { return nil }
        var isComplete = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            isComplete = decompress(compressed, into: UnsafeMutableRawBufferPointer(buffer))
            count = isComplete ? size : 0
        }
        return isComplete ? bytes : nil
    }

    /// Fills the output with decompressed bytes, of as many frames as there are.
    ///
    /// - Returns: Whether there were exactly as many as there is room.
    package static func decompress(
        _ bytes: RawSpan, into output: UnsafeMutableRawBufferPointer
    ) -> Bool {
        bytes.withUnsafeBytes { input in
            let count = ZSTD_decompress(
                output.baseAddress, output.count, input.baseAddress, input.count)
            return ZSTD_isError(count) == 0 && count == output.count
        }
    }
}
