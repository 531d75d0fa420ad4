/// What a type is (Documentation/bpf/btf.rst, section 2.2); the raw values are those of the format.
package enum BTFKind: UInt8, Hashable, Sendable, CaseIterable {
    /// No type.
    case void = 0
    case integer = 1
    case pointer = 2
    case array = 3
    case structure = 4
    case union = 5
    /// An enumeration whose values have 32 bits.
    case enumeration = 6
    /// A structure or union that is only declared.
    case forward = 7
    /// A `typedef`.
    case alias = 8
    case volatile = 9
    case constant = 10
    case restrict = 11
    /// A function; its type is a prototype.
    case function = 12
    case prototype = 13
    case variable = 14
    /// A section with variables.
    case dataSection = 15
    /// A floating-point number (Linux 5.13).
    case float = 16
    /// A tag on a declaration (Linux 5.16).
    case declarationTag = 17
    /// A tag on a type (Linux 5.17).
    case typeTag = 18
    /// An enumeration whose values have 64 bits (Linux 6.0).
    case enumeration64 = 19

    /// Whether it has members.
    package var isComposite: Bool { self == .structure || self == .union }

    /// Whether it has enumerators.
    package var isEnumeration: Bool { self == .enumeration || self == .enumeration64 }

    /// Whether it stands for another type whose values it does not change.
    package var isTransparent: Bool {
        switch self {
        case .alias, .volatile, .constant, .restrict, .typeTag: true
        default: false
        }
    }

    /// Whether the last word of the type is the number of another type, not a size.
    package var hasTarget: Bool {
        switch self {
        case .pointer, .alias, .volatile, .constant, .restrict, .function, .prototype, .variable,
            .declarationTag, .typeTag:
            true
        default: false
        }
    }

    /// Bytes that follow the type itself: a part that each type of the kind has, and one for each
    /// of its entries.
    var trailingSize: (fixed: Int, entry: Int) {
        switch self {
        case .integer, .variable, .declarationTag: (4, 0)
        case .array: (12, 0)
        case .structure, .union, .dataSection, .enumeration64: (0, 12)
        case .enumeration, .prototype: (0, 8)
        default: (0, 0)
        }
    }

    /// The word C or the format has for it.
    package var name: String {
        switch self {
        case .void: "void"
        case .integer: "int"
        case .pointer: "pointer"
        case .array: "array"
        case .structure: "struct"
        case .union: "union"
        case .enumeration: "enum"
        case .forward: "forward declaration"
        case .alias: "typedef"
        case .volatile: "volatile"
        case .constant: "const"
        case .restrict: "restrict"
        case .function: "function"
        case .prototype: "function prototype"
        case .variable: "variable"
        case .dataSection: "data section"
        case .float: "float"
        case .declarationTag: "declaration tag"
        case .typeTag: "type tag"
        case .enumeration64: "enum64"
        }
    }
}
