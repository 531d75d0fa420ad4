/// How the value of an attribute is encoded (`DW_FORM_…`; DWARF 5, section 7.5.6).
struct Form: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt16

    static let address = Form(rawValue: 0x01)
    static let block2 = Form(rawValue: 0x03)
    static let block4 = Form(rawValue: 0x04)
    static let data2 = Form(rawValue: 0x05)
    static let data4 = Form(rawValue: 0x06)
    static let data8 = Form(rawValue: 0x07)
    static let string = Form(rawValue: 0x08)
    static let block = Form(rawValue: 0x09)
    static let block1 = Form(rawValue: 0x0a)
    static let data1 = Form(rawValue: 0x0b)
    static let flag = Form(rawValue: 0x0c)
    static let signedData = Form(rawValue: 0x0d)
    static let stringOffset = Form(rawValue: 0x0e)
    static let unsignedData = Form(rawValue: 0x0f)
    static let sectionReference = Form(rawValue: 0x10)
    static let reference1 = Form(rawValue: 0x11)
    static let reference2 = Form(rawValue: 0x12)
    static let reference4 = Form(rawValue: 0x13)
    static let reference8 = Form(rawValue: 0x14)
    static let unsignedReference = Form(rawValue: 0x15)
    static let indirect = Form(rawValue: 0x16)
    static let sectionOffset = Form(rawValue: 0x17)
    static let expression = Form(rawValue: 0x18)
    static let flagPresent = Form(rawValue: 0x19)
    static let stringIndex = Form(rawValue: 0x1a)
    static let addressIndex = Form(rawValue: 0x1b)
    static let supplementaryReference4 = Form(rawValue: 0x1c)
    static let supplementaryString = Form(rawValue: 0x1d)
    static let data16 = Form(rawValue: 0x1e)
    static let lineString = Form(rawValue: 0x1f)
    static let typeSignature = Form(rawValue: 0x20)
    static let implicitConstant = Form(rawValue: 0x21)
    static let locationListIndex = Form(rawValue: 0x22)
    static let rangeListIndex = Form(rawValue: 0x23)
    static let supplementaryReference8 = Form(rawValue: 0x24)
    static let stringIndex1 = Form(rawValue: 0x25)
    static let stringIndex2 = Form(rawValue: 0x26)
    static let stringIndex3 = Form(rawValue: 0x27)
    static let stringIndex4 = Form(rawValue: 0x28)
    static let addressIndex1 = Form(rawValue: 0x29)
    static let addressIndex2 = Form(rawValue: 0x2a)
    static let addressIndex3 = Form(rawValue: 0x2b)
    static let addressIndex4 = Form(rawValue: 0x2c)
    /// What GCC and dwz wrote before DWARF 5.
    static let gnuAddressIndex = Form(rawValue: 0x1f01)
    static let gnuStringIndex = Form(rawValue: 0x1f02)
    static let gnuSupplementaryReference = Form(rawValue: 0x1f20)
    static let gnuSupplementaryString = Form(rawValue: 0x1f21)
}

extension Form {
    /// How many bytes a value has.
    enum Size {
        /// Always this many.
        case fixed(UInt32)
        /// As a kind of step tells.
        case variable(SkipStep.Kind)
    }

    /// How many bytes a value has, or nil for a form that is not known: what follows it in an
    /// entry cannot be found.
    func size(in encoding: UnitEncoding) -> Size? {
        switch self {
        case .flagPresent, .implicitConstant: .fixed(0)
        case .data1, .reference1, .flag, .stringIndex1, .addressIndex1: .fixed(1)
        case .data2, .reference2, .stringIndex2, .addressIndex2: .fixed(2)
        case .stringIndex3, .addressIndex3: .fixed(3)
        case .data4, .reference4, .supplementaryReference4, .stringIndex4, .addressIndex4:
            .fixed(4)
        case .data8, .reference8, .typeSignature, .supplementaryReference8: .fixed(8)
        case .data16: .fixed(16)
        case .address: .fixed(UInt32(encoding.addressSize))
        case .sectionReference: .fixed(UInt32(encoding.sectionReferenceSize))
        case .stringOffset, .sectionOffset, .supplementaryString, .lineString,
            .gnuSupplementaryReference, .gnuSupplementaryString:
            .fixed(UInt32(encoding.offsetSize))
        case .signedData, .unsignedData, .unsignedReference, .stringIndex, .addressIndex,
            .locationListIndex, .rangeListIndex, .gnuAddressIndex, .gnuStringIndex:
            .variable(.integer)
        case .string: .variable(.string)
        case .block1: .variable(.block1)
        case .block2: .variable(.block2)
        case .block4: .variable(.block4)
        case .block, .expression: .variable(.block)
        case .indirect: .variable(.indirect)
        default: nil
        }
    }
}
