internal import CZstandard

/// Compresses blocks of bytes whose sizes are kept elsewhere, by libzstd.
enum Zstandard {
    /// Slow to compress and as quick as any to decompress.
    private static let level: Int32 = 19

    /// The compressed bytes, or nil if there is no memory for them.
    static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        let bound = ZSTD_compressBound(bytes.count)
        var size = 0
        let compressed = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            size = ZSTD_compress(buffer.baseAddress, bound, bytes, bytes.count, level)
            count = ZSTD_isError(size) == 0 ? size : 0
        }
        return ZSTD_isError(size) == 0 ? compressed : nil
    }

    /// The bytes, or nil if they are damaged or not exactly so many.
    static func decompress(_ compressed: RawSpan, size: Int) -> [UInt8]? {
        compressed.withUnsafeBytes { compressed in
            guard
                ZSTD_getFrameContentSize(compressed.baseAddress, compressed.count) == UInt64(size)
            else { return nil }
            var result = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                result = ZSTD_decompress(
                    buffer.baseAddress, size, compressed.baseAddress, compressed.count)
                count = ZSTD_isError(result) == 0 ? result : 0
            }
            return ZSTD_isError(result) == 0 && result == size ? bytes : nil
        }
    }
}
