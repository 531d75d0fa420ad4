import TestSupport
import Testing

@testable import Symbolizer

/// The search in ranges that may overlap, and what it says of the addresses around.
@Suite struct OverlappingRangeTests {
    private struct Item: OverlappingRange, Equatable {
        var start: UInt64
        var end: UInt64
        var reach: UInt64 = 0
    }

    /// Those that `first` has led to, until there were so many.
    private static func found(
        _ items: [Item], _ address: UInt64, most: Int
    ) -> (items: [Item], extent: Range<UInt64>) {
        var found: [Item] = []
        var extent = Range.everywhere
        let next = items.partitionPoint { $0.start <= address }
        _ = items.first(
            containing: address, from: next > 0 ? next - 1 : nil, &extent
        ) { item, _ -> Bool? in
            found.append(item)
            return found.count == most ? true : nil
        }
        return (found, extent)
    }

    @Test(arguments: [1, 2, .max])
    func findsWhatContainsAnAddress(most: Int) {
        var random = SeededGenerator(seed: 31)
        for _ in 0..<500 {
            var items = (0..<random.next(upperBound: UInt32(12))).map { _ in
                let start = UInt64(random.next(upperBound: UInt32(64)))
                // Some are empty, some end before they start.
                let size = UInt64(random.next(upperBound: UInt32(24)))
                return Item(start: start, end: start + size - min(start, 2))
            }
            items.sortByStart()
            let all = (0..<100).map { Self.found(items, $0, most: most) }
            for (address, (found, extent)) in all.enumerated() {
                let address = UInt64(address)
                let containing = items.reversed().filter { $0.start <= address && address < $0.end }
                #expect(found == Array(containing.prefix(most)))
                #expect(extent.contains(address))
                for other in extent.clamped(to: 0..<100) {
                    #expect(all[Int(other)].items == found)
                }
            }
        }
    }

    /// A damaged line program leads past the last address.
    @Test func endsAtTheLastAddress() {
        let start = UInt64.max - 15
        let row = LineRows.Row(distance: 0, line: 1, file: 1, column: 0)
        var behind = row
        behind.distance = 0x20
        let rows = LineRows(
            rows: [row, behind],
            sequences: [LineRows.Sequence(start: start, end: .max - 7, rows: 0..<2)])
        var extent = Range.everywhere
        #expect(rows.row(at: start + 4, &extent)?.line == 1)
        #expect(extent == start..<(.max - 7))
    }
}
