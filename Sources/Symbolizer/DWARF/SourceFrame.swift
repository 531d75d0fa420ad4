/// A function, and a line of it, that an address is of by the debugging information.
package struct SourceFrame: Hashable, Sendable {
    /// The name the linker knows, mangled; nil where it is that of the source, as in C, or where
    /// the debugging information does not tell.
    package var linkageName: String?
    /// The name in the source, without its scope.
    package var name: String?
    /// The path of the source file, absolute if the compiler told its directory.
    package var file: String?
    /// The line; 0 if it is not known, or the code is of none.
    package var line: Int
    /// The column; 0 if it is not known.
    package var column: Int
    /// Whether the call of the function was inlined into that of the next frame.
    package var isInlined: Bool
    /// The line the function is declared at.
    package var declarationLine: Int?
}
