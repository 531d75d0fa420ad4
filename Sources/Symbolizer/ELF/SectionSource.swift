/// A file that has sections: an image, its separate debug file, a split-DWARF file.
package protocol SectionSource: Sendable {
    /// What messages call it.
    var name: String { get }

    /// The bytes of the first section of a name (`.debug_info`), decompressed, or nil if there is
    /// none or it cannot be read.
    func sectionBytes(named name: String) -> SectionBytes?
}

extension ELFImage: SectionSource {
    package func sectionBytes(named name: String) -> SectionBytes? {
        guard let section = section(named: name), !section.isCompressed,
            contents(of: section) != nil
        else { return nil }
        return SectionBytes(file, range: Int(section.offset)..<Int(section.offset + section.size))
    }
}
