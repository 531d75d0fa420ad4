internal import Symbolizer

extension FuzzHarness {
    /// The index of units as the cache keeps it.
    static let unitIndex = FuzzHarness("unit-index") { bytes in
        guard let index = UnitIndexContents(parsing: bytes.span.bytes) else { return }
        let again = UnitIndexContents(parsing: index.encoded.span.bytes)
        precondition(again == index, "it can be written")
    }

    /// Debugging information.
    static let dwarf = FuzzHarness("dwarf", seeds: .images) { bytes in
        guard let image = try? ELFImage(bytes: bytes, name: "fuzz"),
            let information = DebugInformation(image)
        else { return }
        for segment in image.segments.prefix(8) {
            for distance in stride(from: UInt64(0), to: min(segment.fileSize, 4096), by: 61) {
                _ = information.sourceFrames(at: Address(segment.address &+ distance))
            }
        }
        _ = information.sourceFrames(at: Address(.max))
    }
}
