/// The addresses of an image that hold code, asked for so often that they are looked up once.
struct ExecutableRanges: Sendable {
    private let segments: [Range<UInt64>]
    private let sections: [Range<UInt64>]?

    init(of image: ELFImage) {
        segments = image.segments.compactMap { segment in
            guard segment.kind == .load, segment.isExecutable else { return nil }
            return Self.range(segment.address, segment.fileSize)
        }
        let code = image.sections.compactMap { section in
            section.isAllocated && section.isExecutable
                ? Self.range(section.address, section.size) : nil
        }
        sections = image.sections.isEmpty ? nil : code
    }

    /// Whether an address is in a segment that is executed and has its bytes in the file, and in
    /// a section of code, if there are sections.
    func contains(_ address: UInt64) -> Bool {
        segments.contains { $0.contains(address) }
            && sections?.contains { $0.contains(address) } != false
    }

    private static func range(_ start: UInt64, _ size: UInt64) -> Range<UInt64> {
        let (end, overflow) = start.addingReportingOverflow(size)
        return start..<(overflow ? .max : end)
    }
}
