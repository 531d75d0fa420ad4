/// The value of an attribute, not yet looked up where it refers to.
enum AttributeValue: Sendable {
    /// None, or of a kind nobody asks for.
    case none
    /// A number.
    case constant(UInt64)
    /// A virtual address.
    case address(UInt64)
    /// An index into the addresses of the unit in `.debug_addr`.
    case addressIndex(UInt64)
    /// An index into the offsets of range lists of the unit in `.debug_rnglists`.
    case rangeListIndex(UInt64)
    /// An offset into a section that the attribute implies.
    case sectionOffset(UInt64)
    /// An entry, by its distance from the start of the unit.
    case unitReference(UInt64)
    /// An entry, by its offset in `.debug_info`.
    case sectionReference(UInt64)
    /// An entry of the supplementary file, by its offset there.
    case supplementaryReference(UInt64)
    /// A type, by the signature of its unit.
    case signature(UInt64)
    /// A string.
    case string(StringLocation)

    /// The number, where it is one.
    var number: UInt64? {
        if case .constant(let value) = self { value } else { nil }
    }

    /// The offset into a section; before DWARF 4 it looks like a number.
    var offset: UInt64? {
        switch self {
        case .sectionOffset(let value), .constant(let value): value
        default: nil
        }
    }

    /// Where the string is, where it is one.
    var string: StringLocation? {
        if case .string(let location) = self { location } else { nil }
    }
}

/// Where the bytes of a string are.
enum StringLocation: Sendable {
    /// At an offset of `.debug_info`, or of what section the attribute is in.
    case inline(UInt64)
    /// At an offset of `.debug_str`.
    case strings(UInt64)
    /// At an offset of `.debug_line_str`.
    case lineStrings(UInt64)
    /// Where the unit's offsets in `.debug_str_offsets` say.
    case index(UInt64)
    /// At an offset of `.debug_str` of the supplementary file.
    case supplementary(UInt64)
}

extension SectionCursor {
    /// Reads the value of an attribute; one of an unknown form makes the cursor invalid.
    mutating func read(
        _ specification: AttributeSpecification, _ encoding: UnitEncoding
    ) -> AttributeValue {
        var form = specification.form
        while form == .indirect, !isAtEnd { form = Form(rawValue: UInt16(clamping: readULEB128())) }
        switch form {
        case .implicitConstant:
            return .constant(UInt64(bitPattern: specification.constant))
        case .data1: return .constant(UInt64(readUInt8()))
        case .data2: return .constant(UInt64(readUInt16()))
        case .data4: return .constant(UInt64(readUInt32()))
        case .data8: return .constant(readUInt64())
        case .unsignedData: return .constant(readULEB128())
        case .signedData: return .constant(UInt64(bitPattern: readSLEB128()))
        case .address: return .address(readUnsigned(size: encoding.addressSize))
        case .sectionOffset: return .sectionOffset(readUnsigned(size: encoding.offsetSize))
        case .rangeListIndex: return .rangeListIndex(readULEB128())
        case .addressIndex, .gnuAddressIndex: return .addressIndex(readULEB128())
        case .addressIndex1: return .addressIndex(UInt64(readUInt8()))
        case .addressIndex2: return .addressIndex(UInt64(readUInt16()))
        case .addressIndex3: return .addressIndex(readUnsigned(size: 3))
        case .addressIndex4: return .addressIndex(UInt64(readUInt32()))
        default: return readString(form, encoding) ?? readReference(form, encoding)
        }
    }

    private mutating func readString(_ form: Form, _ encoding: UnitEncoding) -> AttributeValue? {
        switch form {
        case .string:
            let start = offset
            skipCString()
            return .string(.inline(start))
        case .stringOffset: return .string(.strings(readUnsigned(size: encoding.offsetSize)))
        case .lineString: return .string(.lineStrings(readUnsigned(size: encoding.offsetSize)))
        case .supplementaryString, .gnuSupplementaryString:
            return .string(.supplementary(readUnsigned(size: encoding.offsetSize)))
        case .stringIndex, .gnuStringIndex: return .string(.index(readULEB128()))
        case .stringIndex1: return .string(.index(UInt64(readUInt8())))
        case .stringIndex2: return .string(.index(UInt64(readUInt16())))
        case .stringIndex3: return .string(.index(readUnsigned(size: 3)))
        case .stringIndex4: return .string(.index(UInt64(readUInt32())))
        default: return nil
        }
    }

    private mutating func readReference(_ form: Form, _ encoding: UnitEncoding) -> AttributeValue {
        switch form {
        case .reference1: return .unitReference(UInt64(readUInt8()))
        case .reference2: return .unitReference(UInt64(readUInt16()))
        case .reference4: return .unitReference(UInt64(readUInt32()))
        case .reference8: return .unitReference(readUInt64())
        case .unsignedReference: return .unitReference(readULEB128())
        case .sectionReference:
            return .sectionReference(readUnsigned(size: encoding.sectionReferenceSize))
        case .supplementaryReference4: return .supplementaryReference(UInt64(readUInt32()))
        case .supplementaryReference8: return .supplementaryReference(readUInt64())
        case .gnuSupplementaryReference:
            return .supplementaryReference(readUnsigned(size: encoding.offsetSize))
        case .typeSignature: return .signature(readUInt64())
        default:
            skip(form, encoding)
            return .none
        }
    }
}
