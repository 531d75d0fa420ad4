/// What an ELF file is for (`e_type`).
package enum ELFKind: Hashable, Sendable {
    /// An object file, to be linked: `ET_REL`.
    case relocatable
    /// A program at fixed addresses: `ET_EXEC`.
    case executable
    /// A library or a position-independent program: `ET_DYN`.
    case dynamic
    /// The memory of a crashed process: `ET_CORE`.
    case core
    /// Another one, by its number.
    case other(UInt16)

    init(code: UInt16) {
        self =
            switch code {
            case 1: .relocatable
            case 2: .executable
            case 3: .dynamic
            case 4: .core
            default: .other(code)
            }
    }
}
