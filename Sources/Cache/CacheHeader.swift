internal import Bytes
internal import Compression

/// What a file of the cache begins with, so that one that was cut off or damaged is none.
struct CacheHeader {
    /// How long it is: what follows is aligned like memory.
    static let size = 64

    private static let mark: UInt64 = 0x3165_6863_6163_7075  // "upcache1"

    /// Whether a file is whole: behind its header are as many bytes as that says, with their checksum.
    static func isSound(_ bytes: RawSpan) -> Bool {
        var cursor = ByteCursor(bytes)
        guard let mark = try? cursor.readUInt64(), mark == Self.mark,
            let count = try? cursor.readUInt64(), let checksum = try? cursor.readUInt32(),
            bytes.byteCount >= size, count == UInt64(bytes.byteCount - size)
        else { return false }
        return Zlib.crc32(bytes.extracting(size..<bytes.byteCount)) == checksum
    }

    /// The header of a file with these bytes.
    static func bytes(for contents: RawSpan) -> [UInt8] {
        var header: [UInt8] = []
        header.reserveCapacity(size)
        for number in [mark, UInt64(contents.byteCount), UInt64(Zlib.crc32(contents))] {
            withUnsafeBytes(of: number.littleEndian) { header += $0 }
        }
        header += repeatElement(0, count: size - header.count)
        return header
    }
}
