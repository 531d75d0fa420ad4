/// Where an image has code.
struct CodeSegments: Sendable {
    private let ranges: [Range<UInt64>]

    /// The executable segments of an image.
    init(of image: ELFImage) {
        ranges = image.segments.compactMap { segment in
            guard segment.kind == .load, segment.isExecutable else { return nil }
            let (end, wraps) = segment.address.addingReportingOverflow(segment.memorySize)
            return wraps ? nil : segment.address..<end
        }
    }

    /// Whether an address is one of code.
    func contain(_ address: UInt64) -> Bool {
        ranges.contains { $0.contains(address) }
    }

    /// Whether all addresses of a range are ones of code.
    func contain(_ range: Range<UInt64>) -> Bool {
        ranges.contains { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }
    }
}
