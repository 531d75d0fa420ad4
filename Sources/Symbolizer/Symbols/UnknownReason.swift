/// Why an address has no name.
package enum UnknownReason: Hashable, Sendable, CustomStringConvertible {
    /// No mapping of the process contains it.
    case notMapped
    /// It is in memory that no file is behind: code of a JIT compiler, mostly.
    case noFile
    /// The file behind it could not be read as an image, in the error's words.
    case unreadableImage(String)
    /// The image has no code there.
    case notCode
    /// The image is stripped of all symbols.
    case noSymbols
    /// No symbol's range contains it.
    case betweenSymbols
    /// It is a stub through which the program calls into a library.
    case linkageTable
    /// It is generated code, but what is to name it is not to be trusted, in these words.
    case refusedNames(String)
    /// Nothing tells lines: the image has no debug information, and its debug file was not found
    /// or cannot be used.
    case noDebugInformation([DebugFileProblem])
    /// The debug information has nothing about it.
    case noLine

    package var description: String {
        switch self {
        case .notMapped: "not mapped"
        case .noFile: "no file behind the code"
        case .unreadableImage(let message): message
        case .notCode: "not in the code of the image"
        case .noSymbols: "no symbols; install the debug symbols of the image"
        case .betweenSymbols: "between two symbols"
        case .linkageTable: "a stub of the procedure linkage table"
        case .refusedNames(let message): message
        case .noDebugInformation(let problems):
            (["no debug information"] + problems.map(\.description)).joined(separator: "; ")
        case .noLine: "the debug information has no line for it"
        }
    }
}
