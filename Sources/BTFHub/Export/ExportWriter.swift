internal import Bytes
internal import Compression
internal import SystemPackage

/// Puts together an export.
package struct ExportWriter {
    /// A kernel and the number of its types.
    private struct Kernel {
        let release: String
        let place: String
        let blob: Int
    }

    private var kernels: [Kernel] = []
    private var blobs: [[UInt8]] = []
    private var hashes: [[UInt8]] = []
    private var numbers: [[UInt8]: Int] = [:]
    private let objects: [[UInt8]]

    /// Types are compressed together up to so many bytes: more is smaller, and slower to take one
    /// from.
    private static let blockSize = 64 << 10

    /// Starts one for objects whose SHA-256 hashes these are; none if the types are whole.
    package init(objects: [[UInt8]] = []) {
        self.objects = objects
    }

    /// How many distinct contents there are.
    package var contentCount: Int { blobs.count }

    /// Adds the types of a kernel.
    package mutating func add(_ types: [UInt8], of record: HubRecord) {
        let hash = SHA256.digest(of: types.span.bytes)
        let number = numbers[hash] ?? blobs.count
        if number == blobs.count {
            numbers[hash] = number
            blobs.append(types)
            hashes.append(hash)
        }
        let architecture = record.architecture?.name ?? ""
        kernels.append(
            Kernel(
                release: record.release,
                place: "\(record.distribution)/\(record.version)/\(architecture)", blob: number))
    }

    /// The bytes of the export.
    ///
    /// - Throws: `HubError` if there is no memory to compress it.
    package func bytes() throws(HubError) -> [UInt8] {
        var header = ExportHeader()
        var rows: [UInt32] = []
        var blobRows: [[UInt8]] = []
        var blocks: [[UInt8]] = []
        var block: [UInt8] = []
        func close() throws(HubError) {
            guard !block.isEmpty else { return }
            let compressed = try Self.compress(block)
            rows += [UInt32(compressed.count), UInt32(block.count)]
            blocks.append(compressed)
            block = []
        }
        for (blob, hash) in zip(blobs, hashes) {
            if block.count + blob.count > Self.blockSize { try close() }
            let words = [blocks.count, block.count, blob.count].map { UInt32($0) }
            blobRows.append(words.littleEndianBytes + hash)
            block += blob
        }
        try close()

        let (kernelRows, names) = kernelTable()
        let directory =
            kernelRows.littleEndianBytes + blobRows.flatMap { $0 } + rows.littleEndianBytes
            + objects.flatMap { $0 } + names
        let compressed = try Self.compress(directory)
        header.directory = (compressed.count, directory.count)
        header.kernels = kernels.count
        header.blobs = blobs.count
        header.blocks = blocks.count
        header.objects = objects.count
        header.hash = SHA256.digest(of: directory.span.bytes)
        return header.bytes + compressed + blocks.flatMap { $0 }
    }

    /// The rows of the kernels, sorted by release, and the names they point to.
    private func kernelTable() -> (rows: [UInt32], names: [UInt8]) {
        var rows: [UInt32] = []
        var names: [UInt8] = []
        var offsets: [String: UInt32] = [:]
        func offset(of name: String) -> UInt32 {
            if let offset = offsets[name] { return offset }
            let offset = UInt32(names.count)
            names += Array(name.utf8) + [0]
            offsets[name] = offset
            return offset
        }
        let sorted = kernels.sorted { left, right in
            if left.release == right.release { return left.place < right.place }
            return left.release.utf8.lexicographicallyPrecedes(right.release.utf8)
        }
        for kernel in sorted {
            rows += [offset(of: kernel.release), offset(of: kernel.place), UInt32(kernel.blob)]
        }
        return (rows, names)
    }

    private static func compress(_ bytes: [UInt8]) throws(HubError) -> [UInt8] {
        guard let compressed = Zstandard.compress(bytes) else {
            throw HubError("the export", .system(.noMemory))
        }
        return compressed
    }
}
