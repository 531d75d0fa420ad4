internal import CZlib

/// Decompresses gzip, piece by piece; the members of a file one after the other.
package final class Inflater: @unchecked Sendable {
    // Safe to hand over because whoever reads pieces of a file does so under a lock.

    /// How a piece ended.
    package enum Failure: Error {
        /// It is not gzip, or damaged.
        case damaged
    }

    private var stream = z_stream()
    private var isAtEnd = false
    /// Whether all members so far are complete.
    package private(set) var isComplete = false

    /// Ready for the first byte.
    package init() {
        let size = Int32(MemoryLayout<z_stream>.size)
        let gzip: Int32 = 16 + MAX_WBITS
        inflateInit2_(&stream, gzip, ZLIB_VERSION, size)
    }

    deinit { inflateEnd(&stream) }

    /// Decompresses a piece of the input into pieces of output.
    ///
    /// - Throws: `Failure` if it is damaged, and what the closure throws.
    package func inflate(_ input: [UInt8], _ output: ([UInt8]) throws -> Void) throws {
        var rest = input[...]
        while !rest.isEmpty {
            if isAtEnd {
                // What follows a member and is none is ignored, as gzip does with padding.
                guard rest.first == 0x1F else { return }
                inflateReset(&stream)
                isAtEnd = false
                isComplete = false
            }
            let (chunk, used, status) = step(rest)
            guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
                throw Failure.damaged
            }
            if status == Z_STREAM_END {
                isAtEnd = true
                isComplete = true
            }
            rest = rest.dropFirst(used)
            if !chunk.isEmpty { try output(chunk) }
            if used == 0, chunk.isEmpty { return }
        }
    }

    private func step(_ input: ArraySlice<UInt8>) -> (chunk: [UInt8], used: Int, status: Int32) {
        var status = Z_OK
        var used = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
            input.withUnsafeBufferPointer { input in
                let size = min(input.count, 1 << 30)
                // Safe because inflate only reads its input.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(size)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(buffer.count)
                status = CZlib.inflate(&stream, Z_NO_FLUSH)
                used = size - Int(stream.avail_in)
                count = buffer.count - Int(stream.avail_out)
            }
        }
        return (chunk, used, status)
    }
}
