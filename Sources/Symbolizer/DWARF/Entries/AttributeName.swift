/// What an attribute of a debugging entry tells (`DW_AT_…`; DWARF 5, section 7.5.4), as far as it
/// matters here.
struct AttributeName: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt16

    static let sibling = AttributeName(rawValue: 0x01)
    static let name = AttributeName(rawValue: 0x03)
    static let lineProgram = AttributeName(rawValue: 0x10)
    static let lowAddress = AttributeName(rawValue: 0x11)
    static let highAddress = AttributeName(rawValue: 0x12)
    static let compilationDirectory = AttributeName(rawValue: 0x1b)
    static let abstractOrigin = AttributeName(rawValue: 0x31)
    static let declarationLine = AttributeName(rawValue: 0x3b)
    static let specification = AttributeName(rawValue: 0x47)
    static let ranges = AttributeName(rawValue: 0x55)
    static let callColumn = AttributeName(rawValue: 0x57)
    static let callFile = AttributeName(rawValue: 0x58)
    static let callLine = AttributeName(rawValue: 0x59)
    static let linkageName = AttributeName(rawValue: 0x6e)
    static let stringOffsetsBase = AttributeName(rawValue: 0x72)
    static let addressBase = AttributeName(rawValue: 0x73)
    static let rangeListsBase = AttributeName(rawValue: 0x74)
    static let splitFileName = AttributeName(rawValue: 0x76)
    /// The linkage name before DWARF 4.
    static let mipsLinkageName = AttributeName(rawValue: 0x2007)
    /// The split units of GCC and Clang before DWARF 5.
    static let gnuSplitFileName = AttributeName(rawValue: 0x2130)
    static let gnuSplitUnitID = AttributeName(rawValue: 0x2131)
    static let gnuRangesBase = AttributeName(rawValue: 0x2132)
    static let gnuAddressBase = AttributeName(rawValue: 0x2133)
}
