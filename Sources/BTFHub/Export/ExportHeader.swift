internal import Bytes

/// The start of an export, before its directory; integers are little-endian.
struct ExportHeader {
    /// How many bytes the directory has in the file, and decompressed.
    var directory = (compressed: 0, size: 0)
    var kernels = 0
    var blobs = 0
    var blocks = 0
    var objects = 0
    /// The SHA-256 of the directory, decompressed.
    var hash: [UInt8] = []

    static let magic = Array("UPROFBTF".utf8)
    static let version: UInt32 = 1
    /// How many bytes it has.
    static let size = 72

    init() {}

    /// Decodes it.
    ///
    /// - Throws: `HubError.Reason` wrapped for `name` if it is none.
    init(parsing bytes: RawSpan, name: String) throws(HubError) {
        let magic = Self.magic
        guard bytes.hasBytes(magic.span.bytes, at: 0) else {
            throw HubError(name, .unknownFormat)
        }
        do {
            var cursor = ByteCursor(bytes)
            try cursor.skip(8)
            let version = try cursor.readUInt32()
            directory = (Int(try cursor.readUInt32()), Int(try cursor.readUInt32()))
            kernels = Int(try cursor.readUInt32())
            blobs = Int(try cursor.readUInt32())
            blocks = Int(try cursor.readUInt32())
            objects = Int(try cursor.readUInt32())
            try cursor.skip(4)
            hash = try cursor.readBytes(UInt64(SHA256.size)).array
            guard version == Self.version else { throw HubError(name, .unknownFormat) }
        } catch let error as ByteError {
            throw HubError(name, .damaged("\(error)"))
        } catch {
            throw HubError(name, .unknownFormat)
        }
    }

    /// The bytes of it.
    var bytes: [UInt8] {
        let words = [
            Self.version, UInt32(directory.compressed), UInt32(directory.size), UInt32(kernels),
            UInt32(blobs), UInt32(blocks), UInt32(objects), 0,
        ]
        return Self.magic + words.littleEndianBytes + hash
    }
}

extension [UInt32] {
    /// The bytes of the words, the least significant of each first.
    var littleEndianBytes: [UInt8] {
        flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
    }
}
