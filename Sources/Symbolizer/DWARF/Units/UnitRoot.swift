internal import Bytes

/// What the first entry of a unit tells about the whole unit.
struct UnitRoot: Sendable {
    /// What kind of unit it is; before DWARF 5 only this tells partial units.
    var tag: Tag
    /// Where the entries below it start.
    var children: UInt64
    /// The address its code starts at, and the base of its range lists.
    var lowAddress = AttributeValue.none
    /// The address its code ends before, or its size.
    var highAddress = AttributeValue.none
    /// The ranges of its code.
    var ranges = AttributeValue.none
    /// Where its line program is in `.debug_line`.
    var lineProgram: UInt64?
    /// The directory of relative paths.
    var compilationDirectory: StringLocation?
    /// Where its offsets are in `.debug_str_offsets`.
    var stringOffsetsBase: UInt64?
    /// Where its addresses are in `.debug_addr`.
    var addressBase: UInt64?
    /// Where its offsets are in `.debug_rnglists`.
    var rangeListsBase: UInt64?
    /// Where its split unit's ranges are in `.debug_ranges`, before DWARF 5.
    var splitRangesBase: UInt64?
    /// The path of the file with its split unit.
    var splitFileName: StringLocation?
    /// What it and its split unit have in common.
    var splitID: UInt64?

    /// Whether it tells where the code of the unit is.
    var statesRanges: Bool {
        if case .none = ranges, case .none = highAddress { return false }
        return true
    }

    /// Reads the first entry of a unit, or fails if it cannot be read.
    init?(of header: UnitHeader, in file: DebugFile) {
        guard header.kind != .unknown else { return nil }
        let info = file.sections.info
        var cursor = SectionCursor(info.bytes, at: header.entries)
        cursor.limit(to: header.end)
        let code = cursor.readULEB128()
        guard let table = file.abbreviation(code, of: header),
            let index = table.index(of: code)
        else { return nil }
        let abbreviation = table.abbreviations[index]
        tag = abbreviation.tag
        children = header.end
        splitID = header.splitID
        for specification in table.attributes[abbreviation.attributes] {
            take(cursor.read(specification, header.encoding), as: specification.name)
        }
        guard cursor.isValid else { return nil }
        if abbreviation.hasChildren { children = cursor.offset }
    }

    private mutating func take(_ value: AttributeValue, as name: AttributeName) {
        switch name {
        case .lowAddress: lowAddress = value
        case .highAddress: highAddress = value
        case .ranges: ranges = value
        case .lineProgram: lineProgram = value.offset
        case .compilationDirectory: compilationDirectory = value.string
        case .stringOffsetsBase: stringOffsetsBase = value.offset
        case .addressBase, .gnuAddressBase: addressBase = value.offset
        case .rangeListsBase: rangeListsBase = value.offset
        case .gnuRangesBase: splitRangesBase = value.offset
        case .splitFileName, .gnuSplitFileName: splitFileName = value.string
        case .gnuSplitUnitID: splitID = value.number
        default: break
        }
    }
}
