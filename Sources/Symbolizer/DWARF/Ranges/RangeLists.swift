internal import Bytes

/// Reads the lists of address ranges of a unit.
///
/// What is empty, wraps around or was discarded by the linker is left out; what follows it in the
/// list is read all the same.
struct RangeLists {
    /// What is read: the lists' section, and the section of addresses they may refer to.
    let unit: Unit
    /// How many more ranges are read before the rest is given up.
    var budget: Int

    /// The ranges of an entry, by its attributes.
    mutating func read(
        low: AttributeValue, high: AttributeValue, ranges: AttributeValue,
        isRoot: Bool = false, _ body: (_ start: UInt64, _ end: UInt64) -> Void
    ) {
        switch ranges {
        case .rangeListIndex(let index):
            if let offset = unit.rangeListOffset(of: index) { readList(at: offset, body) }
        case .constant(let offset), .sectionOffset(let offset):
            if unit.header.encoding.version >= 5 {
                readList(at: offset &+ unit.header.contributions.rangeLists, body)
            } else {
                // The offsets of a split unit, but for its first entry's, count from a base.
                let base = isRoot ? 0 : unit.skeleton?.root.splitRangesBase ?? 0
                readPairs(at: offset &+ base, body)
            }
        default:
            guard let start = unit.address(low), let end = end(high, after: start) else { return }
            add(start, end, body)
        }
    }

    /// The end of a range: an address, or a distance from the start.
    private func end(_ high: AttributeValue, after start: UInt64) -> UInt64? {
        switch high {
        case .constant(let size):
            let (end, overflow) = start.addingReportingOverflow(size)
            return overflow ? nil : end
        default: return unit.address(high)
        }
    }

    private mutating func add(
        _ start: UInt64, _ end: UInt64, _ body: (_ start: UInt64, _ end: UInt64) -> Void
    ) {
        guard start < end, unit.code.contains(start) else { return }
        body(start, end)
    }

    private mutating func isInBudget() -> Bool {
        budget -= 1
        return budget >= 0
    }

    /// Whether an address is one that lld writes for what it has discarded.
    private func isTombstone(_ base: UInt64) -> Bool {
        let largest = unit.header.encoding.addressSize == 4 ? UInt64(UInt32.max) : .max
        return base >= largest - 1
    }

    /// Reads pairs of addresses (DWARF 4, section 2.17.3).
    private mutating func readPairs(
        at offset: UInt64, _ body: (_ start: UInt64, _ end: UInt64) -> Void
    ) {
        let source = unit.skeleton ?? unit
        let size = unit.header.encoding.addressSize
        let largest = size == 4 ? UInt64(UInt32.max) : .max
        let section = source.file.sections.ranges
        var cursor = SectionCursor(section.bytes, at: offset)
        var base = unit.baseAddress
        while isInBudget() {
            let start = cursor.readUnsigned(size: size)
            let end = cursor.readUnsigned(size: size)
            guard cursor.isValid, start != 0 || end != 0 else { return }
            if start == largest {
                base = end
            } else if !isTombstone(base) {
                add(base &+ start, base &+ end, body)
            }
        }
    }

    /// Reads a list of DWARF 5 (section 7.25).
    private mutating func readList(
        at offset: UInt64, _ body: (_ start: UInt64, _ end: UInt64) -> Void
    ) {
        let size = unit.header.encoding.addressSize
        let section = unit.rangeListSection
        var cursor = SectionCursor(section.bytes, at: offset)
        var base: UInt64? = unit.baseAddress
        while isInBudget() {
            var start: UInt64?
            var end: UInt64?
            let kind = cursor.readUInt8()
            switch kind {
            case 1:  // DW_RLE_base_addressx
                base = unit.address(.addressIndex(cursor.readULEB128()))
                continue
            case 2:  // DW_RLE_startx_endx
                start = unit.address(.addressIndex(cursor.readULEB128()))
                end = unit.address(.addressIndex(cursor.readULEB128()))
            case 3:  // DW_RLE_startx_length
                start = unit.address(.addressIndex(cursor.readULEB128()))
                end = start.map { [length = cursor.readULEB128()] in $0 &+ length }
            case 4:  // DW_RLE_offset_pair
                let (first, last) = (cursor.readULEB128(), cursor.readULEB128())
                if let base, !isTombstone(base) { (start, end) = (base &+ first, base &+ last) }
            case 5:  // DW_RLE_base_address
                base = cursor.readUnsigned(size: size)
                continue
            case 6:  // DW_RLE_start_end
                start = cursor.readUnsigned(size: size)
                end = cursor.readUnsigned(size: size)
            case 7:  // DW_RLE_start_length
                let first = cursor.readUnsigned(size: size)
                (start, end) = (first, first &+ cursor.readULEB128())
            default: return  // DW_RLE_end_of_list, or not known
            }
            guard cursor.isValid else { return }
            if let start, let end { add(start, end, body) }
        }
    }
}
