/// What a field holds, and how.
package indirect enum FieldKind: Equatable, Sendable {
    /// A number of so many bits, up to 64.
    case integer(bits: Int, isSigned: Bool)
    /// A number of so many bits of which only zero is false.
    case boolean(bits: Int)
    /// An address.
    case pointer
    /// A floating-point number of 4 or 8 bytes.
    case float(bytes: Int)
    /// A number of so many bits, and the names of some.
    case enumeration(bits: Int, isSigned: Bool, names: [UInt64: String])
    /// So many characters.
    case characters(Int)
    /// So many numbers, each of so many bytes.
    case list(of: FieldKind, stride: Int, count: Int)

    /// No list or text may be longer: what fits into a ring or a map.
    private static let largestArray: UInt32 = 1 << 16

    /// Looks at what is neither structure nor array; nil if it cannot be shown. A bit field has
    /// bits of its own, others 0.
    ///
    /// - Throws: `BTFError` if a name is not there.
    init?(scalar type: BTFType, bits: UInt32, in types: BTF) throws(BTFError) {
        let width = bits > 0 ? Int(bits) : Int(type.size) * 8
        switch type.kind {
        case .integer:
            let integer = types.integer(type)
            guard (1...64).contains(width), integer.bitOffset == 0 else { return nil }
            let isBoolean = integer.encoding >> 24 & 4 != 0
            self =
                isBoolean
                ? .boolean(bits: width) : .integer(bits: width, isSigned: integer.isSigned)
        case .enumeration, .enumeration64:
            guard (1...64).contains(width) else { return nil }
            var names: [UInt64: String] = [:]
            for enumerator in types.enumerators(of: type).prefix(ValueLayout.mostFields)
            where names[enumerator.value] == nil {
                names[enumerator.value] = try types.text(at: enumerator.nameOffset)
            }
            self = .enumeration(bits: width, isSigned: type.flag, names: names)
        case .pointer: self = .pointer
        case .float:
            guard type.size == 4 || type.size == 8, bits == 0 else { return nil }
            self = .float(bytes: Int(type.size))
        default: return nil
        }
    }

    /// Looks at an array of what is neither structure nor array; nil if its elements are more than
    /// that.
    ///
    /// - Throws: `BTFError` if a name is not there.
    init?(
        arrayOf id: BTFTypeID, _ element: BTFType, _ count: UInt32, in types: BTF
    ) throws(BTFError) {
        guard count <= Self.largestArray,
            let kind = try FieldKind(scalar: element, bits: 0, in: types)
        else { return nil }
        let name = try types.text(at: element.nameOffset)
        self =
            element.kind == .integer && element.size == 1 && name == "char"
            ? .characters(Int(count))
            : .list(of: kind, stride: Int(kind.bits / 8), count: Int(count))
    }

    /// How many bits it has.
    package var bits: UInt64 {
        switch self {
        case .integer(let bits, _), .boolean(let bits), .enumeration(let bits, _, _):
            UInt64(bits)
        case .pointer: 64
        case .float(let bytes): UInt64(bytes) * 8
        case .characters(let count): UInt64(count) * 8
        case .list(_, let stride, let count): UInt64(stride) * UInt64(count) * 8
        }
    }
}
