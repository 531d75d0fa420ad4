internal import Symbolizer

extension FuzzHarness {
    /// The stubs of linkage tables.
    static let linkageTables = FuzzHarness("linkage-tables", seeds: .images) { bytes in
        guard let image = try? ELFImage(bytes: bytes, name: "fuzz") else { return }
        let tables = LinkageTables(of: image)
        for section in image.sections.prefix(64) {
            for distance in stride(from: UInt64(0), to: 64, by: 8) {
                _ = tables.lookup(Address(section.address &+ distance))
            }
        }
        for segment in image.segments.prefix(8) { _ = tables.lookup(Address(segment.address)) }
    }
}
