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
    package func sectionBytes(named name: String) -> SectionBytes? {
        guard let section = section(named: name), !section.isCompressed,
            contents(of: section) != nil
        else { return nil }
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
