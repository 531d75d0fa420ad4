internal import Bytes
internal import Synchronization

/// The units of a file with code, by their addresses.
///
/// `.debug_aranges` is not used: compilers leave it out, or leave units out of it, and reading the
/// first entry of each unit costs little.
///
/// A class, so that look-ups copy nothing.
final class UnitIndex: Sendable {
    /// A range of addresses that a unit has code at.
    struct Entry: OverlappingRange, Sendable, Equatable {
        /// Its first address.
        var start: UInt64
        /// The address behind it.
        var end: UInt64
        /// Where the unit starts in its section.
        var unit: UInt64
        /// The largest end of this and all entries before it.
        var reach: UInt64 = 0
    }

    /// The ranges in the order of their starts.
    let entries: [Entry]
    /// Whether entries of units are in split files.
    let hasSplitUnits: Bool
    private let file: DebugFile
    private let code: CodeRanges
    private let starts: SortedAddresses
    /// Units by where they start; nil where there turned out to be none.
    private let units: Mutex<[UInt64: Unit?]>

    /// Reads the first entries of all units of a file.
    convenience init(of file: DebugFile, code: CodeRanges) {
        // Compilers write one list for one unit.
        var budget = file.sections.ranges.byteCount + file.sections.rangeLists.byteCount
        var collected = Collected()
        for header in file.headers where header.kind != .type && header.kind != .unknown {
            if let unit = Unit(header, in: file, code: code) {
                collected.add(unit, budget: &budget)
            }
        }
        self.init(
            entries: collected.sorted(), hasSplitUnits: collected.hasSplitUnits, of: file,
            code: code,
            units: collected.units)
    }

    /// Takes entries in their order, and of units those that have been read.
    init(
        entries: [Entry], hasSplitUnits: Bool, of file: DebugFile, code: CodeRanges,
        units: [UInt64: Unit?] = [:]
    ) {
        self.entries = entries
        self.hasSplitUnits = hasSplitUnits
        self.file = file
        self.code = code
        self.units = Mutex(units)
        starts = SortedAddresses(entries.map(\.start))
    }

    /// Calls `body` with the units an address may be of, the one that starts nearest to it first,
    /// until it finds something.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - extent: Is narrowed to addresses that may be of the same units.
    ///   - body: Is given each unit, with the extent.
    /// - Returns: What it has found, or nil if that is nothing.
    func first<Found>(
        at address: UInt64, _ extent: inout Range<UInt64>,
        _ body: (Unit, inout Range<UInt64>) -> Found?
    ) -> Found? {
        var previous: UInt64?
        let nearest = starts.lastIndex(atOrBefore: address)
        return entries.first(containing: address, from: nearest, &extent) { entry, extent in
            // Ranges of one unit that overlap are next to each other.
            guard entry.unit != previous else { return nil }
            previous = entry.unit
            return unit(at: entry.unit).flatMap { body($0, &extent) }
        }
    }

    private func unit(at offset: UInt64) -> Unit? {
        units.withLock { units in
            if let known = units[offset] { return known }
            let info = file.sections.info
            let header = UnitHeader(parsing: info.bytes, at: offset)
            let unit = header.flatMap { Unit($0, in: file, code: code) }
            units[offset] = .some(unit)
            return unit
        }
    }

    private struct Collected {
        var units: [UInt64: Unit?] = [:]
        var entries: [Entry] = []
        var hasSplitUnits = false

        /// The entries in the order of their starts.
        func sorted() -> [Entry] {
            var sorted = entries
            sorted.sortByStart()
            return sorted
        }

        mutating func add(_ unit: Unit, budget: inout Int) {
            let root = unit.root
            let offset = unit.header.offset
            if root.statesRanges {
                var lists = RangeLists(unit: unit, budget: budget + 1)
                lists.read(
                    low: root.lowAddress, high: root.highAddress, ranges: root.ranges, isRoot: true
                ) { entries.append(Entry(start: $0, end: $1, unit: offset)) }
                budget = max(lists.budget - 1, 0)
            } else if root.tag != .partialUnit, root.splitFileName == nil {
                addRangesOfContents(of: unit)
            }
            if unit.isSplit { hasSplitUnits = true }
            units[offset] = .some(unit)
        }

        /// Adds the ranges of the functions of a unit that states none itself, or else of its lines.
        private mutating func addRangesOfContents(of unit: Unit) {
            let functions = unit.functions.ranges
            let ranges = functions.isEmpty ? unit.rows.ranges : functions
            entries += ranges.map {
                Entry(start: $0.lowerBound, end: $0.upperBound, unit: unit.header.offset)
            }
        }
    }
}
