internal import Bytes

/// The units of a file with code, by their addresses.
///
/// `.debug_aranges` is not used: compilers leave it out, or leave units out of it, and reading the
/// first entry of each unit costs little.
///
/// A class, so that look-ups copy nothing.
final class UnitIndex: Sendable {
    private struct Entry: Sendable {
        var start: UInt64
        var end: UInt64
        /// The index of the unit.
        var unit: Int
        /// The largest end of this and all entries before it.
        var reach: UInt64 = 0
    }

    private let units: [Unit]
    private let entries: [Entry]
    private let starts: SortedAddresses

    /// How many units are looked at that start before an address but do not contain it.
    private static let longestSearch = 4096

    /// Reads the first entries of all units of a file.
    init(of file: DebugFile, code: CodeRanges) {
        // Compilers write one list for one unit.
        var budget = file.sections.ranges.byteCount + file.sections.rangeLists.byteCount
        var collected = Collected()
        for header in file.headers where header.kind != .type && header.kind != .unknown {
            if let unit = Unit(header, in: file, code: code) {
                collected.add(unit, budget: &budget)
            }
        }
        units = collected.units
        entries = collected.sorted()
        starts = SortedAddresses(entries.map(\.start))
    }

    /// Calls `body` with the units an address may be of, the one that starts nearest to it first,
    /// until it finds something.
    func first<Found>(at address: UInt64, _ body: (Unit) -> Found?) -> Found? {
        guard var index = starts.lastIndex(atOrBefore: address) else { return nil }
        let last = max(index - Self.longestSearch, -1)
        var previous = -1
        while index > last, entries[index].reach > address {
            let entry = entries[index]
            // Ranges of one unit that overlap are next to each other.
            if entry.end > address, entry.unit != previous {
                if let found = body(units[entry.unit]) { return found }
                previous = entry.unit
            }
            index -= 1
        }
        return nil
    }

    private struct Collected {
        var units: [Unit] = []
        var entries: [Entry] = []

        /// The entries in the order of their starts.
        func sorted() -> [Entry] {
            var sorted = entries.sorted { $0.start < $1.start }
            var reach: UInt64 = 0
            for index in sorted.indices {
                reach = max(reach, sorted[index].end)
                sorted[index].reach = reach
            }
            return sorted
        }

        mutating func add(_ unit: Unit, budget: inout Int) {
            let root = unit.root
            if root.statesRanges {
                var lists = RangeLists(unit: unit, budget: budget + 1)
                lists.read(
                    low: root.lowAddress, high: root.highAddress, ranges: root.ranges, isRoot: true
                ) { entries.append(Entry(start: $0, end: $1, unit: units.count)) }
                budget = max(lists.budget - 1, 0)
            } else if root.tag != .partialUnit, root.splitFileName == nil {
                addRangesOfContents(of: unit)
            }
            units.append(unit)
        }

        /// Adds the ranges of the functions of a unit that states none itself, or else of its lines.
        private mutating func addRangesOfContents(of unit: Unit) {
            let functions = unit.functions.ranges
            let ranges = functions.isEmpty ? unit.rows.ranges : functions
            entries += ranges.map {
                Entry(start: $0.lowerBound, end: $0.upperBound, unit: units.count)
            }
        }
    }
}
