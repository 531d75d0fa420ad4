/// What a CO-RE relocation asks of the kernel's types (`enum bpf_core_relo_kind`); the raw values
/// are those of the format.
package enum RelocationKind: UInt32, Hashable, Sendable, CaseIterable {
    /// Where a field starts, in bytes.
    case fieldByteOffset = 0
    /// How many bytes a field has.
    case fieldByteSize = 1
    case fieldExists = 2
    /// Whether a field has a sign.
    case fieldSigned = 3
    /// How far to shift left, to take a bit field out of 64 bits.
    case fieldLeftShift = 4
    /// How far to shift right after that.
    case fieldRightShift = 5
    /// The number of a type of the program's own.
    case typeIDLocal = 6
    /// The number of a type of the kernel.
    case typeIDTarget = 7
    case typeExists = 8
    case typeSize = 9
    case enumeratorExists = 10
    case enumeratorValue = 11
    /// Whether a type is there with all the members the program declares (libbpf 1.0).
    case typeMatches = 12

    /// Whether it asks for a field.
    package var isAboutField: Bool { rawValue <= Self.fieldRightShift.rawValue }

    /// Whether it asks for an enumerator.
    package var isAboutEnumerator: Bool { self == .enumeratorExists || self == .enumeratorValue }

    /// Whether it asks for a type.
    package var isAboutType: Bool { !isAboutField && !isAboutEnumerator }

    /// The words for it in messages: "field offset".
    package var name: String {
        switch self {
        case .fieldByteOffset: "field offset"
        case .fieldByteSize: "field size"
        case .fieldExists: "field existence"
        case .fieldSigned: "field sign"
        case .fieldLeftShift, .fieldRightShift: "field shift"
        case .typeIDLocal: "own type id"
        case .typeIDTarget: "type id"
        case .typeExists: "type existence"
        case .typeSize: "type size"
        case .enumeratorExists: "enumerator existence"
        case .enumeratorValue: "enumerator value"
        case .typeMatches: "type match"
        }
    }
}
