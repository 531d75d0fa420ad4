import Bytes

@testable import Symbolizer

/// The debugging sections of a file in memory, to be damaged.
struct DamagedSections: SectionSource {
    let name = "damaged"
    var sections: [String: [UInt8]] = [:]
    var codeRanges: [Range<UInt64>]

    /// No sections.
    init(codeRanges: [Range<UInt64>]) {
        self.codeRanges = codeRanges
    }

    /// Copies the sections of an image.
    init(of image: ELFImage) {
        codeRanges = image.codeRanges
        for section in image.sections where section.name.hasPrefix(".debug_") {
            guard let bytes = image.sectionBytes(named: section.name) else { continue }
            sections[section.name] = bytes.bytes.array
        }
    }

    func sectionBytes(named name: String) -> SectionBytes? {
        sections[name].map { SectionBytes(contents: $0) }
    }
}
