/// How the frame at some instructions is left: where its caller's registers are.
///
/// What `.eh_frame` says in many rows is few rules: a row is an address and the rule from there.
/// Registers have DWARF's numbers (System V psABI for x86-64, figure 3.36).
package struct UnwindRule: Hashable, Sendable {
    /// How the canonical frame address (the caller's stack pointer) is found.
    package enum CFA: Hashable, Sendable {
        /// A register's value plus an offset.
        case register(UInt8, offset: Int32)
        /// The 8 bytes at a register's value plus an offset, plus another offset.
        case dereferenced(UInt8, offset: Int32, added: Int32)
        /// `rsp + offset`, and 8 more where the low four bits of the program counter are at or
        /// past a threshold: the stubs of a procedure linkage table.
        case linkageTable(offset: Int32, threshold: UInt8)
    }

    /// Where the caller's value of a register is.
    package enum Saved: Hashable, Sendable {
        /// Still in the register.
        case same
        /// In memory, at the CFA plus an offset.
        case atCFA(offset: Int32)
        /// In memory, at a register's value plus an offset (`DW_CFA_expression`).
        case atRegister(UInt8, offset: Int32)
        /// Lost, or where uprof does not look: a frame that needs it ends the stack.
        case undefined
    }

    /// Where the return address is.
    package enum ReturnAddress: Hashable, Sendable {
        /// In memory, at the CFA plus an offset, -8 nearly always.
        case atCFA(offset: Int32)
        /// In a register (`vfork` of libc).
        case register(UInt8)
    }

    /// What the code at a row is.
    package enum Kind: Hashable, Sendable {
        /// A function's frame, left by these rules: where its caller's `rbp` is, its caller's
        /// `rbx`, and the return address.
        ///
        /// Only an image of whose rows some need `rbx` for their CFA (the dynamic linker, whose
        /// lazy binding calls functions from such a frame) says where it is; in all others it is
        /// `undefined`.
        case frame(CFA, framePointer: Saved, rbx: Saved, returnAddress: ReturnAddress)
        /// The trampoline a signal handler returns to: the kernel's `ucontext` is on the stack.
        case signalFrame
        /// The outermost function: it has no caller (an undefined return address).
        case endOfStack
        /// Nothing describes the code.
        case noInformation
        /// Something does, by means that uprof does not follow.
        case unsupported(UnsupportedUnwindRule)
    }

    /// What the code is, and how its frame is left.
    package let kind: Kind

    /// Makes a rule.
    package init(_ kind: Kind) {
        self.kind = kind
    }
}
