/// The table a symbol is from.
package enum SymbolSource: UInt8, Hashable, Sendable, CustomStringConvertible {
    /// The full table, which `strip` removes.
    case symbolTable
    /// The compressed table of local functions some distributions keep (MiniDebugInfo).
    case miniDebugInfo
    /// The exported and imported symbols, which the dynamic linker needs.
    case dynamicSymbolTable

    package var description: String {
        switch self {
        case .symbolTable: ".symtab"
        case .miniDebugInfo: ".gnu_debugdata"
        case .dynamicSymbolTable: ".dynsym"
        }
    }
}
