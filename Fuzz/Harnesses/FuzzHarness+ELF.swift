internal import Symbolizer

extension FuzzHarness {
    /// The headers of an image, and what they lead to.
    static let elf = FuzzHarness("elf", seeds: .images) { bytes in
        guard let image = try? ELFImage(bytes: bytes, name: "fuzz") else { return }
        _ = image.isProgram
        for segment in image.segments.prefix(8) {
            let address = Address(segment.address)
            _ = image.fileOffset(of: address).flatMap { image.address(of: $0) }
            _ = image.section(containing: address)?.name
        }
        for section in image.sections.prefix(64) {
            _ = image.contents(of: section)
            _ = image.sectionBytes(named: section.name)
        }
    }
}
