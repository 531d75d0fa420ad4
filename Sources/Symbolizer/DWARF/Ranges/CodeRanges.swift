/// Where an image has code: debugging information about other addresses is left over from what
/// the linker has discarded.
///
/// For a function that `--gc-sections` or a COMDAT group removed, linkers write 0, 1, -1 or -2 as
/// its address, some of them plus an addend.
struct CodeRanges: Sendable {
    private let ranges: [Range<UInt64>]

    /// Takes the ranges of an image; none if they are not known.
    init(_ ranges: [Range<UInt64>]) {
        self.ranges = ranges.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// Whether code can start at an address.
    @inline(__always)
    func contains(_ address: UInt64) -> Bool {
        guard !ranges.isEmpty else { return address > 1 && address < UInt64.max - 1 }
        let index = ranges.partitionPoint { $0.lowerBound <= address } - 1
        return index >= 0 && address < ranges[index].upperBound
    }
}
