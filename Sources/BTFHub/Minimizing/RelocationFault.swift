/// Why a relocation cannot be decided.
enum RelocationFault: Error, Equatable {
    /// The access string does not fit the program's own types.
    case invalidAccess
    /// The way through the types is longer than libbpf goes.
    case tooDeep
    /// The root of the relocation has no name to look for.
    case anonymousRoot
    /// What is asked cannot be asked of an element of an array.
    case arrayAccess
    /// A bit field spans more than eight bytes.
    case wideBitField
    /// Types of the same name give different answers.
    case ambiguous([BTFTypeID])

    /// What is wrong, as the end of a sentence.
    var words: String {
        switch self {
        case .invalidAccess: "its access string does not fit the program's types"
        case .tooDeep: "its types are nested more than 32 or 64 deep"
        case .anonymousRoot: "its type has no name"
        case .arrayAccess: "that cannot be asked of an element of an array"
        case .wideBitField: "the bit field spans more than eight bytes"
        case .ambiguous(let types):
            "types of the same name differ: \(types.map(\.description).joined(separator: ", "))"
        }
    }
}
