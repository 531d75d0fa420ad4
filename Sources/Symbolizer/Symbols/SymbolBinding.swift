/// How a symbol takes part in linking (the high half of `st_info`).
///
/// In the order in which names of one address are preferred: what is global was meant to be
/// seen, what is weak is most often an alias.
package enum SymbolBinding: UInt8, Hashable, Sendable {
    /// Visible to other files: `STB_GLOBAL`, `STB_GNU_UNIQUE`.
    case global
    /// Visible in its own file only: `STB_LOCAL`.
    case local
    /// Gives way to a global symbol: `STB_WEAK`.
    case weak

    init(code: UInt8) {
        self =
            switch code {
            case 0: .local
            case 2: .weak
            default: .global
            }
    }
}
