internal import Bytes
internal import Compression

/// An open file that may be the debug file of an image.
struct DebugFileCandidate: Sendable {
    /// What shows that it is the one.
    enum Proof: Hashable, Sendable {
        /// The same build ID.
        case buildID(BuildID)
        /// The checksum of its bytes.
        case checksum(UInt32)
    }

    let image: ELFImage
    let proof: Proof
    /// Files that may supplement it, open too.
    let supplements: [ELFImage]

    /// Why it is not the debug file, if it is not. A checksum takes reading the whole file.
    var objection: DebugFileProblem? {
        switch proof {
        case .buildID(let buildID):
            if image.buildID != buildID { return .wrongBuildID(path: image.name) }
        case .checksum(let checksum):
            if Zlib.crc32(image.file.bytes) != checksum {
                return .wrongChecksum(path: image.name)
            }
        }
        return image.hasDebugInformation || image.hasSymbolTable ? nil : .empty(path: image.name)
    }
}
