/// Which of many ranges an address is in, found by one binary search.
///
/// Where ranges overlap, the one that was added last counts: inlined calls are added after what
/// they are inlined into. Building it takes sorting, and no more however the ranges overlap.
struct AddressMap: Sendable {
    /// A range of addresses and what it stands for.
    struct Entry: Sendable {
        var start: UInt64
        var end: UInt64
        var value: UInt32
    }

    /// Stands for no range.
    private static let gap = UInt32.max

    /// Where cells begin; each ends at the next, the last one is a gap.
    private let starts: SortedAddresses
    /// The value of each cell.
    private let values: [UInt32]

    /// Whether no address is in any range.
    var isEmpty: Bool { values.isEmpty }

    /// Builds the map; later entries win, those without an address are left out.
    init(_ entries: [AddressMap.Entry]) {
        let entries = entries.filter { $0.start < $0.end }
        let isOrdered = zip(entries, entries.dropFirst()).allSatisfy { $0.end <= $1.start }
        let sorted = isOrdered ? entries : entries.sorted { $0.start < $1.start }
        let isDisjoint =
            isOrdered || zip(sorted, sorted.dropFirst()).allSatisfy { $0.end <= $1.start }
        var cells = Cells()
        if isDisjoint {
            for entry in sorted {
                cells.add(entry.start, entry.value)
                cells.add(entry.end, Self.gap)
            }
        } else {
            Self.paint(entries, into: &cells)
        }
        starts = SortedAddresses(cells.starts)
        values = cells.values
    }

    /// The value of the range an address is in.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - extent: Is narrowed to addresses that have the same value, or none as well.
    /// - Returns: The value, or nil if it is in no range.
    func value(at address: UInt64, _ extent: inout Range<UInt64>) -> UInt32? {
        let cell = starts.lastIndex(atOrBefore: address)
        let next = cell.map { $0 + 1 } ?? 0
        if next < starts.count { extent.narrow(to: 0..<starts[next]) }
        guard let cell else { return nil }
        extent.narrow(to: starts[cell]..<(.max))
        return values[cell] == Self.gap ? nil : values[cell]
    }

    /// The ranges with a value, in their order.
    var ranges: [Range<UInt64>] {
        values.indices.dropLast().compactMap { index in
            values[index] == Self.gap ? nil : starts[index]..<starts[index + 1]
        }
    }

    /// Cuts the addresses where any range starts or ends, and gives each piece to the last of the
    /// ranges over it: from the last range to the first, each takes the pieces still free, which
    /// `next` leads to without a look at those taken.
    private static func paint(_ entries: [Entry], into cells: inout Cells) {
        var edges = entries.flatMap { [$0.start, $0.end] }
        edges.sort()
        edges = edges.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
        var colors = [UInt32](repeating: gap, count: edges.count)
        var next = Array(0...edges.count)

        func firstFree(_ index: Int) -> Int {
            var free = index
            while next[free] != free { free = next[free] }
            var step = index
            while next[step] != free { (step, next[step]) = (next[step], free) }
            return free
        }

        for entry in entries.reversed() {
            let end = edges.partitionPoint { $0 < entry.end }
            var cell = firstFree(edges.partitionPoint { $0 < entry.start })
            while cell < end {
                colors[cell] = entry.value
                next[cell] = cell + 1
                cell = firstFree(cell + 1)
            }
        }
        for (edge, color) in zip(edges, colors) { cells.add(edge, color) }
    }

    /// Cells as they are made: neighbors of one value are one.
    private struct Cells {
        var starts: [UInt64] = []
        var values: [UInt32] = []

        mutating func add(_ start: UInt64, _ value: UInt32) {
            if starts.last == start {
                values[values.count - 1] = value
            } else if values.last != value {
                starts.append(start)
                values.append(value)
            }
        }
    }
}
