internal import Bytes

/// The tables of an export: which kernel has which types, and where they are.
struct ExportDirectory {
    private let bytes: MappedFile
    private let header: ExportHeader
    private let name: String

    /// A row of the table of kernels: release, place, number of the blob.
    static let kernelSize = 12
    /// A row of the table of blobs: number of the block, offset in it, size, SHA-256.
    static let blobSize = 12 + SHA256.size
    /// A row of the table of blocks: size in the file, size decompressed.
    static let blockSize = 8

    /// Where types are.
    struct Blob {
        let block: Int
        let offset: Int
        let size: Int
        let hash: [UInt8]
    }

    /// Checks that the tables are there.
    ///
    /// - Throws: `HubError` if they are not as large as the header says.
    init(_ contents: [UInt8], header: ExportHeader, name: String) throws(HubError) {
        bytes = MappedFile(contents: contents)
        self.header = header
        self.name = name
        // At most 2^32 rows of at most 44 bytes.
        let rows =
            header.kernels * Self.kernelSize + header.blobs * Self.blobSize
            + header.blocks * Self.blockSize + header.objects * SHA256.size
        guard rows <= contents.count, contents.isEmpty || contents.last == 0 else {
            throw HubError(name, .damaged("its tables are cut off"))
        }
    }

    private var blobs: Int { header.kernels * Self.kernelSize }
    private var blocks: Int { blobs + header.blobs * Self.blobSize }
    private var objects: Int { blocks + header.blocks * Self.blockSize }
    private var names: Int { objects + header.objects * SHA256.size }

    /// The hashes of the objects whose needs the types were reduced to; none if they are whole.
    func objectHashes() -> [[UInt8]] {
        (0..<header.objects).map { index in
            let start = objects + index * SHA256.size
            return bytes.bytes.extracting(start..<start + SHA256.size).array
        }
    }

    /// The release of a kernel.
    ///
    /// - Throws: `HubError` if the name is not there.
    func release(_ kernel: Int) throws(HubError) -> String {
        try text(at: word(kernel * Self.kernelSize))
    }

    /// How similar the release of a kernel is to another.
    ///
    /// - Throws: `HubError` if the name is not there.
    func similarity(
        of kernel: Int, to release: ReleaseWords
    ) throws(HubError) -> ReleaseWords.Similarity {
        let offset = word(kernel * Self.kernelSize)
        guard let name = bytes.bytes.cString(at: UInt64(names) + UInt64(offset)) else {
            throw HubError(self.name, .damaged("no name at \(offset)"))
        }
        return release.similarity(of: name)
    }

    /// The place of a kernel in a hub's layout: `centos/7/x86_64`.
    ///
    /// - Throws: `HubError` if the name is not there.
    func place(_ kernel: Int) throws(HubError) -> String {
        try text(at: word(kernel * Self.kernelSize + 4))
    }

    /// The number of the types of a kernel.
    ///
    /// - Throws: `HubError` if there is no such blob.
    func blobNumber(ofKernel kernel: Int) throws(HubError) -> Int {
        let number = Int(word(kernel * Self.kernelSize + 8))
        guard number < header.blobs else { throw HubError(name, .damaged("no blob \(number)")) }
        return number
    }

    /// Where types are, by their number.
    ///
    /// - Throws: `HubError` if there is no such blob.
    func blob(_ number: Int) throws(HubError) -> Blob {
        guard number < header.blobs else { throw HubError(name, .damaged("no blob \(number)")) }
        let start = blobs + number * Self.blobSize
        return Blob(
            block: Int(word(start)), offset: Int(word(start + 4)), size: Int(word(start + 8)),
            hash: bytes.bytes.extracting(start + 12..<start + Self.blobSize).array)
    }

    /// Where a block is in the file, behind the directory.
    ///
    /// - Throws: `HubError` if there is no such block.
    func block(_ number: Int) throws(HubError) -> (offset: Int, compressed: Int, size: Int) {
        guard number < header.blocks else { throw HubError(name, .damaged("no block \(number)")) }
        var offset = 0
        for index in 0..<number { offset += Int(word(blocks + index * Self.blockSize)) }
        let start = blocks + number * Self.blockSize
        return (offset, Int(word(start)), Int(word(start + 4)))
    }

    private func word(_ offset: Int) -> UInt32 {
        UInt32(
            littleEndian: bytes.bytes.unsafeLoadUnaligned(
                fromByteOffset: offset, as: UInt32.self))
    }

    private func text(at offset: UInt32) throws(HubError) -> String {
        guard let text = bytes.bytes.cString(at: UInt64(names) + UInt64(offset)) else {
            throw HubError(name, .damaged("no name at \(offset)"))
        }
        return text.text
    }
}
