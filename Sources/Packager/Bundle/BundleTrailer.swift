internal import Bytes

/// The end of a payload: where its parts are, and the digests of what is not an entry.
///
/// All integers have 8 bytes and count from the start of the payload, but for the version and the
/// trailer's size, which have 4. The last 32 bytes are the SHA-256 of the others.
struct BundleTrailer: Hashable {
    /// Where the payload is in the file. `strip` moves it.
    var payloadOffset: UInt64
    /// The size of the payload with this trailer.
    var payloadSize: UInt64
    /// Where the index starts; the signature follows it.
    var indexOffset: UInt64
    var indexSize: UInt64
    /// The size of the signature's text, 0 without one.
    var signatureSize: UInt64
    /// The BLAKE2b-256 of the file up to the payload.
    var executableDigest: [UInt8]
    /// The BLAKE2b-256 of what the loader maps of it, which `strip` leaves alone.
    var loadedDigest: [UInt8]
    /// The SHA-256 of the index.
    var indexDigest: [UInt8]

    /// The size of a trailer, in bytes.
    static let size = 16 + 8 + 5 * 8 + 4 * 32

    var encoded: [UInt8] {
        var bytes = BundleLayout.magic
        bytes.appendLittleEndian(BundleLayout.version)
        bytes.appendLittleEndian(UInt32(Self.size))
        for number in [payloadOffset, payloadSize, indexOffset, indexSize, signatureSize] {
            bytes.appendLittleEndian(number)
        }
        bytes += executableDigest + loadedDigest + indexDigest
        return bytes + Digest.sha256(bytes.span.bytes)
    }

    /// Decodes the last bytes of a payload.
    ///
    /// - Returns: nil if they are no trailer.
    /// - Throws: `BundleError.version` if they are one of another version.
    init?(parsing payload: RawSpan, file: String) throws(BundleError) {
        guard payload.byteCount >= Self.size else { return nil }
        let bytes = payload.extracting(last: Self.size)
        var cursor = ByteCursor(bytes)
        do {
            let magic = try cursor.readBytes(UInt64(BundleLayout.magic.count)).array
            guard magic == BundleLayout.magic else { return nil }
            let version = try cursor.readUInt32()
            guard version == BundleLayout.version, try cursor.readUInt32() == Self.size else {
                throw BundleError.version(file: file, version)
            }
            payloadOffset = try cursor.readUInt64()
            payloadSize = try cursor.readUInt64()
            indexOffset = try cursor.readUInt64()
            indexSize = try cursor.readUInt64()
            signatureSize = try cursor.readUInt64()
            executableDigest = try cursor.readBytes(32).array
            loadedDigest = try cursor.readBytes(32).array
            indexDigest = try cursor.readBytes(32).array
            guard encoded == bytes.array else {
                throw BundleError.damaged(file: file, "its trailer has been changed")
            }
        } catch let error as BundleError {
            throw error
        } catch {
            return nil
        }
    }

    init(
        payloadOffset: UInt64, payloadSize: UInt64, indexOffset: UInt64, indexSize: UInt64,
        signatureSize: UInt64, executableDigest: [UInt8], loadedDigest: [UInt8],
        indexDigest: [UInt8]
    ) {
        self.payloadOffset = payloadOffset
        self.payloadSize = payloadSize
        self.indexOffset = indexOffset
        self.indexSize = indexSize
        self.signatureSize = signatureSize
        self.executableDigest = executableDigest
        self.loadedDigest = loadedDigest
        self.indexDigest = indexDigest
    }
}
