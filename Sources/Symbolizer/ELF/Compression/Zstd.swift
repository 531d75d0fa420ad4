internal import CZstd

/// Decompresses the Zstandard format.
enum Zstd {
    /// Fills the output with decompressed bytes, of as many frames as there are.
    ///
    /// - Returns: Whether there were exactly as many as there is room.
    static func decompress(
        _ bytes: RawSpan, into output: UnsafeMutableRawBufferPointer
    ) -> Bool {
        bytes.withUnsafeBytes { input in
            let count = ZSTD_decompress(
                output.baseAddress, output.count, input.baseAddress, input.count)
            return ZSTD_isError(count) == 0 && count == output.count
        }
    }
}
