package import Bytes

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
}

extension SectionSource {
    package var byteOrder: ByteOrder { .little }

    package var codeRanges: [Range<UInt64>] { [] }
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

    private func bytes(ofSection index: Int, isGNUCompressed: Bool) -> SectionBytes? {
        let section = sections[index]
        guard let contents = contents(of: section) else { return nil }
        guard section.isCompressed || isGNUCompressed else {
            return SectionBytes(
                file, range: Int(section.offset)..<Int(section.offset + section.size))
        }
        let header =
            isGNUCompressed
            ? CompressedSection(gnu: contents)
            : CompressedSection(header: contents, byteOrder: byteOrder)
        guard let header else { return nil }
        return decompressed.bytes(of: index) { header.decompressed(contents) }
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
