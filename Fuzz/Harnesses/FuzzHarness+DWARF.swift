internal import Symbolizer

extension FuzzHarness {
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
