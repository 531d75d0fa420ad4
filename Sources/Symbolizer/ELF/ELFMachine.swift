/// The instruction set of an image (`e_machine`).
package enum ELFMachine: Hashable, Sendable, CustomStringConvertible {
    /// `EM_X86_64`.
    case x86_64
    /// `EM_AARCH64`.
    case arm64
    /// Another one, by its number.
    case other(UInt16)

    init(code: UInt16) {
        self =
            switch code {
            case 62: .x86_64
            case 183: .arm64
            default: .other(code)
            }
    }

    package var description: String {
        switch self {
        case .x86_64: "x86_64"
        case .arm64: "arm64"
        case .other(let code): "machine \(code)"
        }
    }
}
