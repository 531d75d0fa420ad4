/// One of many ranges of addresses in the order of their starts, which may overlap.
protocol OverlappingRange {
    /// The first address.
    var start: UInt64 { get }
    /// The address behind it.
    var end: UInt64 { get }
    /// The largest end of this and all ranges before it.
    var reach: UInt64 { get set }
}

extension Array where Element: OverlappingRange {
    /// Sorts them, and tells each how far those before it reach.
    mutating func sortByStart() {
        sort { $0.start < $1.start }
        var reach: UInt64 = 0
        for index in indices {
            reach = Swift.max(reach, self[index].end)
            self[index].reach = reach
        }
    }

    /// Calls `body` with the ranges an address is in, the one that starts nearest to it first, until it
    /// finds something.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - nearest: The index of the last range that starts at the address or before it; nil if none
    ///     does.
    ///   - extent: Is narrowed to addresses for which `body` would be called with the same ranges.
    ///   - body: Is given each of them, with the extent.
    /// - Returns: What it has found, or nil if that is nothing.
    @inline(__always)
    func first<Found>(
        containing address: UInt64, from nearest: Int?, _ extent: inout Range<UInt64>,
        _ body: (Element, inout Range<UInt64>) -> Found?
    ) -> Found? {
        let next = nearest.map { $0 + 1 } ?? 0
        if next < count { extent.narrow(to: 0..<self[next].start) }
        guard var index = nearest else { return nil }
        extent.narrow(to: self[index].start..<(.max))
        let last = Swift.max(index - overlappingRangeLimit, -1)
        while index > last {
            let range = self[index]
            guard range.reach > address else {
                extent.narrow(to: range.reach..<(.max))
                return nil
            }
            if range.end > address {
                extent.narrow(to: 0..<range.end)
                if let found = body(range, &extent) { return found }
            } else {
                extent.narrow(to: range.end..<(.max))
            }
            index -= 1
        }
        return nil
    }
}

/// How many ranges are looked at that start before an address but may not contain it.
private let overlappingRangeLimit = 4096
