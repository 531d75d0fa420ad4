/// A function of an image: an address to probe and the names it has.
package struct Function: Hashable, Sendable {
    /// The name it was found by, as the symbol table has it; the preferred one where it was
    /// not found by name.
    package let name: String
    /// Its other names, preferred ones first.
    package let aliases: [String]
    /// Where it is in the image.
    package let address: Address
    /// How many bytes it has; 0 if the symbol table does not tell.
    package let size: UInt64
    /// Where its first byte is in the file, if it is there.
    package let fileOffset: FileOffset?
    /// How its name takes part in linking.
    package let binding: SymbolBinding
    /// The table its name is from.
    package let source: SymbolSource
    /// Whether it can be probed.
    package let probeability: Probeability

    /// The name as it is in the source: demangled, where it is mangled.
    package var displayName: String { Demangler.demangle(name) ?? name }
}
