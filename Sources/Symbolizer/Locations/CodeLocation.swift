/// An address and the functions it belongs to, those that were inlined there too.
package struct CodeLocation: Hashable, Sendable {
    /// A function an address belongs to.
    package struct Frame: Hashable, Sendable {
        /// The name linkers see, or, of what they do not see, that of the source; nil if unknown.
        package var name: String?
        /// Where in the source: of the innermost function, the place of the code; of one around
        /// it, the place of the call.
        package var position: SourcePosition?
        /// Whether it was inlined into the next one.
        package var isInlined: Bool
        /// How far the address is from the start of the function, of one that was not inlined.
        package var offset: UInt64?

        /// The name as it is in the source: demangled, where it is mangled.
        package var displayName: String? { name.map { Demangler.demangle($0) ?? $0 } }
    }

    /// The address that was looked up.
    package var address: Address
    /// The path of the image, or the name of what else is there; nil if nothing is.
    package var modulePath: String?
    /// Where it is in the file of the image.
    package var fileOffset: FileOffset?
    /// The functions, the innermost first; none if nothing is known.
    package var frames: [Frame] = []
    /// Why there is no name.
    package var unknownName: UnknownReason?
    /// Why there is no line.
    package var unknownLine: UnknownReason?

    /// The last part of the path of the image.
    package var module: String? {
        modulePath.map { path in
            guard let slash = path.lastIndex(of: "/") else { return path }
            return String(path[path.index(after: slash)...])
        }
    }
}

/// A place in a source file.
package struct SourcePosition: Hashable, Sendable {
    /// The path, as the compiler was given it, below the directory it ran in.
    package var file: String
    /// The line, from 1 on; 0 for code that no line stands for.
    package var line: Int
    /// The column, from 1 on; 0 if the debug information does not tell.
    package var column: Int
}
