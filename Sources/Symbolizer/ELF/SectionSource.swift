package import Bytes
package import Cache

/// A file that has sections: an image, its separate debug file, a split-DWARF file.
package protocol SectionSource: Sendable {
    /// What messages call it.
    var name: String { get }

    /// The order of the bytes of its integers; little, if it does not tell.
    var byteOrder: ByteOrder { get }

    /// The addresses with code; none, if it does not tell.
    var codeRanges: [Range<UInt64>] { get }

    /// The bytes of the first section of a name (`.debug_info`), decompressed, or nil if there is
    /// none or it cannot be read.
    func sectionBytes(named name: String) -> SectionBytes?

    /// What the cache keeps something under that was made of this very file; nil of what is no file.
    func cacheKey(of kind: String) -> CacheKey?
}

extension SectionSource {
    package var byteOrder: ByteOrder { .little }

    package var codeRanges: [Range<UInt64>] { [] }

    package func cacheKey(of kind: String) -> CacheKey? { nil }
}

extension ELFImage: SectionSource {
    /// The bytes of the first section of a name; `.debug_info` may also be called
    /// `.zdebug_info`, as GNU tools called compressed ones.
    ///
    /// Sections that are compressed are decompressed once, and kept as long as a copy of the
    /// image lives. None becomes larger than 1 GB.
    package func sectionBytes(named name: String) -> SectionBytes? {
        if let index = sections.firstIndex(where: { $0.name == name }) {
            return bytes(ofSection: index, isGNUCompressed: false)
        }
        guard name.hasPrefix(".debug_") else { return nil }
        let gnuName = ".z" + name.dropFirst()
        return sections.firstIndex { $0.name == gnuName }.flatMap {
            bytes(ofSection: $0, isGNUCompressed: true)
        }
    }

    package func cacheKey(of kind: String) -> CacheKey? { cacheKey(of: kind, part: 0) }

    private func cacheKey(of kind: String, part: Int) -> CacheKey? {
        file.version.map {
            CacheKey(kind, of: $0, buildID: buildID?.description, part: part)
        }
    }

    private func bytes(ofSection index: Int, isGNUCompressed: Bool) -> SectionBytes? {
        guard sections[index].isCompressed || isGNUCompressed || kind == .relocatable else {
            return plainBytes(ofSection: index)
        }
        return madeSections.bytes(of: index) {
            let bytes = decompressed(index, isGNUCompressed: isGNUCompressed)
            guard kind == .relocatable, let bytes,
                let relocations = ObjectRelocations(ofSection: index, in: self)
            else { return bytes }
            return relocations.applied(to: bytes)
        }
    }

    private func decompressed(_ index: Int, isGNUCompressed: Bool) -> SectionBytes? {
        guard let plain = plainBytes(ofSection: index) else { return nil }
        if isGNUCompressed {
            return CompressedSection(gnu: plain.bytes).flatMap { decompressed($0, index, plain) }
        }
        guard sections[index].isCompressed else { return plain }
        return CompressedSection(header: plain.bytes, byteOrder: byteOrder)
            .flatMap { decompressed($0, index, plain) }
    }

    /// Decompresses a section, or finds it in the cache.
    private func decompressed(
        _ section: CompressedSection, _ index: Int, _ plain: SectionBytes
    ) -> SectionBytes? {
        guard section.size >= Self.smallestCachedSection, let cache = DiskCache.shared,
            let key = cacheKey(of: "section", part: index)
        else { return section.decompressed(plain.bytes) }
        if let known = cache.bytes(of: key), known.range.count == section.size {
            return SectionBytes(known.file, range: known.range)
        }
        let made = section.decompressed(plain.bytes)
        if let made { cache.keep(made.bytes, of: key) }
        return made
    }

    /// Smaller sections are decompressed as fast as a file is opened.
    private static let smallestCachedSection = 64 << 10

    /// The bytes of a section as the file has them, or nil if it has none or they are cut off.
    func plainBytes(ofSection index: Int) -> SectionBytes? {
        let section = sections[index]
        guard contents(of: section) != nil else { return nil }
        return SectionBytes(file, range: Int(section.offset)..<Int(section.offset + section.size))
    }

    /// The addresses of its sections with code; of its segments, if it has no sections.
    ///
    /// A separate debug file has the headers of both, though not their bytes.
    package var codeRanges: [Range<UInt64>] {
        let sections = sections.filter { $0.isAllocated && $0.isExecutable }
        let extents =
            sections.isEmpty
            ? segments.filter { $0.kind == .load && $0.isExecutable }
                .map { ($0.address, $0.memorySize) }
            : sections.map { ($0.address, $0.size) }
        return extents.map { start, size in
            let (end, overflow) = start.addingReportingOverflow(size)
            return start..<(overflow ? .max : end)
        }
    }
}
