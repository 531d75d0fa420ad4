internal import Bytes
internal import Symbolizer

/// The checks of a bundle against its trailer and index, part by part.
struct BundleCheck {
    typealias Fault = BundleIndex.Fault

    /// What a bundle consists of.
    struct Parts {
        var entries: [BundleEntry]
        /// Where the signature's text is in the file; empty without one.
        var signatureText: Range<Int>
    }

    let image: ELFImage
    /// Where the payload is in the file.
    let payload: Range<Int>
    let trailer: BundleTrailer

    /// Whether the payload is not where it was put.
    var isRewritten: Bool { trailer.payloadOffset != payload.lowerBound }

    /// Finds the trailer in the section with the payload.
    ///
    /// - Throws: `BundleError` if there is none, or a newer one.
    init(_ image: ELFImage, payload section: ELFSection) throws(BundleError) {
        guard let contents = image.contents(of: section) else {
            throw .damaged(file: image.name, "its end is missing")
        }
        guard let trailer = try BundleTrailer(parsing: contents, file: image.name) else {
            throw .damaged(file: image.name, "it does not end as a bundle does")
        }
        self.image = image
        self.trailer = trailer
        payload = Int(section.offset)..<Int(section.offset + section.size)
    }

    /// Checks all parts.
    ///
    /// - Throws: `Fault`.
    func parts() throws(Fault) -> Parts {
        let signatureText = try signatureRange()
        try checkExecutable()
        return Parts(entries: try entries(), signatureText: signatureText)
    }

    /// Where the signature's text is in the file; empty without one.
    ///
    /// - Throws: `Fault` if the parts do not fill the payload exactly.
    private func signatureRange() throws(Fault) -> Range<Int> {
        let parts = [trailer.indexOffset, trailer.indexSize, trailer.signatureSize]
        guard trailer.payloadSize == payload.count,
            parts.allSatisfy({ $0 <= trailer.payloadSize }),
            parts.reduce(UInt64(BundleTrailer.size), +) == trailer.payloadSize
        else { throw Fault("its parts do not fit together") }
        let end = payload.upperBound - BundleTrailer.size
        return end - Int(trailer.signatureSize)..<end
    }

    /// Checks the part before the payload, and that nothing follows.
    ///
    /// - Throws: `Fault`.
    private func checkExecutable() throws(Fault) {
        if isRewritten {
            guard BundleHost.loadedDigest(of: image) == trailer.loadedDigest else {
                throw Fault("its executable has been changed")
            }
            guard endOfFile == image.file.bytes.byteCount else {
                throw Fault("something follows its end")
            }
            return
        }
        guard payload.upperBound == image.file.bytes.byteCount else {
            throw Fault("something follows its end")
        }
        let executable = image.file.bytes.extracting(first: payload.lowerBound)
        guard Digest.blake2b256(executable) == trailer.executableDigest else {
            throw Fault("its executable has been changed")
        }
    }

    /// The entries, each one checked.
    ///
    /// - Throws: `Fault`.
    private func entries() throws(Fault) -> [BundleEntry] {
        let payload = image.file.bytes.extracting(payload)
        let end = Int(trailer.indexOffset)
        let encoded = payload.extracting(end..<end + Int(trailer.indexSize))
        guard Digest.sha256(encoded) == trailer.indexDigest else {
            throw Fault("its index has been changed")
        }
        var cursor = ByteCursor(encoded)
        let index = try BundleIndex(parsing: &cursor, end: end)
        guard cursor.isAtEnd, index.encoded == encoded.array else {
            throw Fault("its index says more than it should")
        }
        try checkGaps(of: index, in: payload.extracting(first: end))
        // Each byte is read once, however many entries have it.
        var digests: [Range<Int>: [UInt8]] = [:]
        for entry in index.entries {
            let digest = digests[entry.range] ?? Digest.sha256(payload.extracting(entry.range))
            digests[entry.range] = digest
            guard digest == entry.digest else { throw Fault("\(entry.name) has been changed") }
        }
        return index.entries
    }

    /// Entries have the same bytes or none in common, and between two there are zeros only.
    private func checkGaps(of index: BundleIndex, in blobs: RawSpan) throws(Fault) {
        var end = 0
        let ranges = Set(index.entries.map(\.range).filter { !$0.isEmpty })
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard range.lowerBound >= end, range.lowerBound - end < BundleLayout.alignment,
                blobs.extracting(end..<range.lowerBound).isZero
            else { throw Fault("its entries do not fit together") }
            end = range.upperBound
        }
        guard blobs.byteCount - end < BundleLayout.alignment,
            blobs.extracting(droppingFirst: end).isZero
        else { throw Fault("its entries do not fit together") }
    }

    /// Where the last section, segment or header table ends.
    private var endOfFile: Int {
        var cursor = ByteCursor(image.file.bytes)
        let headers = try? {
            try cursor.seek(to: 0x28); return try cursor.readUInt64()
        }()
        let table = (headers ?? 0) &+ UInt64(image.sections.count) * 64
        let sections = image.sections.filter { $0.kind != .noBits }.map { $0.offset &+ $0.size }
        let segments = image.segments.map { $0.offset &+ $0.fileSize }
        return Int(clamping: ([table] + sections + segments).max() ?? 0)
    }
}

extension RawSpan {
    /// Whether there are only zeros.
    fileprivate var isZero: Bool {
        for index in 0..<byteCount where byte(at: index) != 0 { return false }
        return true
    }
}
