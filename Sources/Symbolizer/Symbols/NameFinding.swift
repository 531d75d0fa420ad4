/// What a name that is not the name of a function stands for.
package enum NameFinding: Hashable, Sendable {
    /// Something another library defines, one of these most likely.
    case imported(libraries: [String])
    /// Data.
    case variable(Address, size: UInt64)
    /// Data of which each thread has its own.
    case threadLocalVariable
    /// A number without a place.
    case constant(UInt64)
    /// A place within a function.
    case label(function: Function, offset: UInt64)

    /// Libraries an explanation names.
    private static let mostLibraries = 4

    /// The finding as the end of a sentence that starts with the name.
    package var explanation: String {
        switch self {
        case .imported(let libraries) where libraries.isEmpty:
            "is imported from another library"
        case .imported(let libraries):
            "is imported from another library; look in "
                + libraries.prefix(Self.mostLibraries).joined(separator: ", ")
                + (libraries.count > Self.mostLibraries ? ", …" : "")
        case .variable: "is a variable, not a function"
        case .threadLocalVariable: "is a thread-local variable, not a function"
        case .constant: "is a constant, not a function"
        case .label(let function, let offset):
            "is a label in \(function.displayName), at +0x\(String(offset, radix: 16))"
        }
    }
}
