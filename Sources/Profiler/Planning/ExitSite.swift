/// One instruction that leaves a function.
package struct ExitSite: Hashable, Sendable {
    /// Where it is, as the image states addresses.
    package let address: UInt64
    /// How it leaves.
    package let kind: Kind

    /// How an instruction leaves a function.
    package enum Kind: Hashable, Sendable {
        /// It returns.
        case `return`
        /// It returns, in code that may be a part of the function.
        case hiddenReturn
        /// It jumps to another function: an exit only where the frame is gone already.
        case jump
        /// The same under a condition, by the number x86 gives it in the opcode.
        case conditionalJump(condition: UInt8)
    }
}
