internal import CLZMA

/// Decompresses the xz format, by liblzma.
package enum XZ {
    private static let chunk = 1 << 20
    /// What liblzma may allocate for its own tables; `xz -9` needs 65 MB.
    private static let memoryLimit: UInt64 = 128 << 20

    /// The decompressed bytes, or nil if they are damaged or more than `limit`.
    package static func decompress(_ bytes: RawSpan, limit: Int) -> [UInt8]? {
        var stream = lzma_stream()
        guard lzma_stream_decoder(&stream, memoryLimit, 0) == LZMA_OK else {
            return nil
        }
        defer { lzma_end(&stream) }
        var output: [UInt8] = []
        let result = bytes.withUnsafeBytes { input -> lzma_ret in
            stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.avail_in = input.count
            var result = LZMA_OK
            while result == LZMA_OK, output.count <= limit {
                let part = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = buffer.count
                    result = lzma_code(&stream, LZMA_FINISH)
                    count = buffer.count - stream.avail_out
                }
                output += part
            }
            return result
        }
        return result == LZMA_STREAM_END && output.count <= limit ? output : nil
    }
}
