package import Bytes

/// The sections of an ELF file of whatever machine, such as a compiled BPF program.
///
/// An ``ELFImage`` is more, and of machines that uprof can measure on only.
package struct ELFSectionFile: SectionSource {
    package let name: String
    /// The order of the bytes of its integers.
    package let byteOrder: ByteOrder
    /// The section headers, the first, unused one too.
    package let sections: [ELFSection]
    private let file: MappedFile

    /// Reads the headers of a mapped file.
    ///
    /// - Throws: `ELFError` if it is not a 64-bit ELF file.
    package init(file: MappedFile, name: String) throws(ELFError) {
        do {
            let headers = try ELFHeaders(parsing: file.bytes, ofAnyMachine: true)
            byteOrder = headers.header.byteOrder
            sections = headers.sections
        } catch {
            throw ELFError(file: name, reason: error)
        }
        self.file = file
        self.name = name
    }

    package func sectionBytes(named name: String) -> SectionBytes? {
        guard let section = sections.first(where: { $0.name == name }), !section.isCompressed,
            section.kind != .noBits, section.kind != .null,
            (try? file.bytes.slice(at: section.offset, count: section.size)) != nil
        else { return nil }
        return SectionBytes(file, range: Int(section.offset)..<Int(section.offset + section.size))
    }
}
