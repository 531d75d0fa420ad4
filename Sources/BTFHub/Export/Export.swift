internal import Bytes
internal import Compression
package import SystemPackage

/// One file with the types of many kernels (`.uprofbtf`, docs/btf.md).
///
/// Opening it decompresses the directory, a few bytes a kernel; taking types decompresses the one
/// block they are in.
package struct Export: Sendable {
    /// The file, as messages name it.
    package let name: String
    private let bytes: MappedFile
    private let start: Int
    private let header: ExportHeader
    private let directory: ExportDirectory

    /// More than the directory of a million kernels, and than any block.
    private static let largest = 256 << 20

    /// Opens the file at a path.
    ///
    /// - Throws: `HubError` if it cannot be read or is no export.
    package init(path: FilePath) throws(HubError) {
        let file: MappedFile
        do {
            file = try MappedFile(path: path)
        } catch {
            throw HubError(path.string, .system(error))
        }
        try self.init(file: file, range: 0..<file.bytes.byteCount, name: path.string)
    }

    /// Reads an export in memory.
    ///
    /// - Throws: `HubError` if it is none.
    package init(bytes: [UInt8], name: String) throws(HubError) {
        try self.init(file: MappedFile(contents: bytes), range: 0..<bytes.count, name: name)
    }

    private init(file: MappedFile, range: Range<Int>, name: String) throws(HubError) {
        self.name = name
        bytes = file
        start = range.lowerBound
        let contents = file.bytes.extracting(range)
        header = try ExportHeader(parsing: contents, name: name)
        let size = header.directory.compressed
        guard header.directory.size <= Self.largest,
            let compressed = try? contents.slice(
                at: UInt64(ExportHeader.size), count: UInt64(size)),
            let directory = Zstandard.decompress(compressed, size: header.directory.size),
            SHA256.digest(of: directory.span.bytes) == header.hash
        else { throw HubError(name, .damaged("its directory")) }
        self.directory = try ExportDirectory(directory, header: header, name: name)
    }

    /// How many kernels there are.
    package var kernelCount: Int { header.kernels }

    /// How many distinct contents there are.
    package var contentCount: Int { header.blobs }

    /// The hashes of the objects the types are for; none if they are whole.
    package var objectHashes: [[UInt8]] { directory.objectHashes() }

    /// The types of a kernel that a lookup has found here.
    ///
    /// - Throws: `HubError` if it is not from here, or the export is damaged.
    package func types(of record: HubRecord) throws(HubError) -> BTF {
        let bytes = try contents(of: record)
        do {
            return try BTF(bytes: bytes, name: "\(name): \(record.release)")
        } catch {
            throw HubError(name, .types(error))
        }
    }

    /// The bytes of the types of a kernel that a lookup has found here.
    ///
    /// - Throws: `HubError` if it is not from here, or the export is damaged.
    package func contents(of record: HubRecord) throws(HubError) -> [UInt8] {
        guard let number = Int(record.member) else { throw HubError(name, .changed) }
        let blob = try directory.blob(number)
        let place = try directory.block(blob.block)
        let offset = UInt64(start + ExportHeader.size + header.directory.compressed + place.offset)
        guard place.size <= Self.largest,
            let compressed = try? bytes.bytes.slice(at: offset, count: UInt64(place.compressed)),
            let block = Zstandard.decompress(compressed, size: place.size),
            let span = try? block.span.bytes.slice(
                at: UInt64(blob.offset), count: UInt64(blob.size)),
            SHA256.digest(of: span) == blob.hash
        else { throw HubError(name, .damaged("the types of \(record.release)")) }
        return span.array
    }

    /// How many kernels are looked at on either side of a release that is not there.
    private static let nearby = 1 << 14

    /// A kernel of the table, as lookups know it.
    package func record(at kernel: Int) throws(HubError) -> HubRecord {
        let number = try directory.blobNumber(ofKernel: kernel)
        let blob = try directory.blob(number)
        let place = try directory.place(kernel)
        let parts = place.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let architecture = parts.count > 2 && !parts[2].isEmpty ? Architecture(parts[2]) : nil
        return HubRecord(
            release: try directory.release(kernel), distribution: parts.first ?? "",
            version: parts.count > 1 ? parts[1] : "", architecture: architecture,
            hash: blob.hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(),
            size: blob.size, date: 0, origin: name, path: FilePath(place), member: "\(number)")
    }

    /// The first kernel whose release does not come before another.
    private func firstKernel(notBefore release: String) throws(HubError) -> Int {
        var (low, high) = (0, header.kernels)
        while low < high {
            let middle = low + (high - low) / 2
            let isBefore = try directory.release(middle).utf8.lexicographicallyPrecedes(
                release.utf8)
            if isBefore { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Export: KernelCatalog {
    package func records(ofRelease release: String) throws(HubError) -> [HubRecord] {
        try records(withPrefix: release).filter { $0.release == release }
    }

    package func records(withPrefix prefix: String) throws(HubError) -> [HubRecord] {
        var records: [HubRecord] = []
        for kernel in try firstKernel(notBefore: prefix)..<header.kernels {
            guard try directory.release(kernel).hasPrefix(prefix) else { break }
            records.append(try record(at: kernel))
        }
        return records
    }

    package func records() throws(HubError) -> [HubRecord] {
        var records: [HubRecord] = []
        for kernel in 0..<header.kernels { records.append(try record(at: kernel)) }
        return records
    }

    package func places(around release: String) -> [Int] {
        let middle = (try? firstKernel(notBefore: release)) ?? 0
        return Array(max(middle - Self.nearby, 0)..<min(middle + Self.nearby, header.kernels))
    }

    package func similarity(
        at place: Int, to release: ReleaseWords
    ) throws(HubError) -> ReleaseWords.Similarity {
        try directory.similarity(of: place, to: release)
    }
}
