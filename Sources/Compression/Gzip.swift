internal import CZlib

/// Compresses with gzip; no time is in it, so that the same input gives the same output.
package enum Gzip {
    /// The bytes, compressed; as quickly as pprof itself does.
    package static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        deflateInit2_(
            &stream, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            size)
        defer { deflateEnd(&stream) }
        var output: [UInt8] = []
        var rest = bytes[...]
        repeat {
            let part = rest.prefix(1 << 30)
            rest = rest.dropFirst(part.count)
            deflate(part, isLast: rest.isEmpty, &stream, &output)
        } while !rest.isEmpty
        return output
    }

    private static func deflate(
        _ part: ArraySlice<UInt8>, isLast: Bool, _ stream: inout z_stream, _ output: inout [UInt8]
    ) {
        part.withUnsafeBufferPointer { part in
            // Safe because deflate only reads its input.
            stream.next_in = UnsafeMutablePointer(mutating: part.baseAddress)
            stream.avail_in = UInt32(part.count)
            var isFull = true
            while isFull {
                output += [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = UInt32(buffer.count)
                    _ = CZlib.deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                    isFull = stream.avail_out == 0
                    count = buffer.count - Int(stream.avail_out)
                }
            }
        }
    }
}
