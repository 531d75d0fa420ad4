/// Where a name is from.
package enum SymbolSource: UInt8, Hashable, Sendable, CustomStringConvertible {
    /// The full table, which `strip` removes.
    case symbolTable
    /// The compressed table of local functions some distributions keep (MiniDebugInfo).
    case miniDebugInfo
    /// The full table of a separate debug file.
    case debugFile
    /// The exported and imported symbols, which the dynamic linker needs.
    case dynamicSymbolTable
    /// None: it is a stub of the procedure linkage table, named after the function it calls.
    case linkageTable
    /// The table of functions of a Go program, which `strip` does not remove.
    case goTable
    /// What a JIT compiler wrote to `perf-PID.map`.
    case perfMap
    /// What a JIT compiler wrote to `jit-PID.dump`.
    case jitDump
    /// The kernel's own table.
    case kernel

    /// Whether the code was generated at run time, and the name is what its generator said.
    package var isJIT: Bool { self == .perfMap || self == .jitDump }

    package var description: String {
        switch self {
        case .symbolTable: ".symtab"
        case .miniDebugInfo: ".gnu_debugdata"
        case .debugFile: ".symtab of the debug file"
        case .dynamicSymbolTable: ".dynsym"
        case .linkageTable: ".plt"
        case .goTable: ".gopclntab"
        case .perfMap: "perf-PID.map"
        case .jitDump: "jit-PID.dump"
        case .kernel: "/proc/kallsyms"
        }
    }
}
