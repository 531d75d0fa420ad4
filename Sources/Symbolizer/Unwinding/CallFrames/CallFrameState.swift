/// Where the caller's registers are, at one place of a function, in DWARF's terms.
struct CallFrameState: Equatable, Sendable {
    /// How the canonical frame address is found.
    enum CFA: Equatable, Sendable {
        /// Not said.
        case none
        /// A register plus an offset.
        case register(UInt64, Int64)
        /// By the expression that is there in the section.
        case expression(Range<Int>)
    }

    /// Where the caller's value of a register is.
    enum Saved: Equatable, Sendable {
        /// Not said: as the calling convention has it.
        case unspecified
        /// Still in the register.
        case same
        /// Nowhere.
        case undefined
        /// In memory, at the CFA plus an offset.
        case atCFA(Int64)
        /// In another register.
        case inRegister(UInt64)
        /// In memory, at the address that an expression computes.
        case atExpression(Range<Int>)
        /// A value that is computed from the CFA.
        case computed
    }

    var cfa = CFA.none
    var rbx = Saved.unspecified
    var rbp = Saved.unspecified
    var rsp = Saved.unspecified
    var returnAddress = Saved.unspecified

    /// Sets the rule of a register, if it is one of those that are followed.
    mutating func set(_ register: UInt64, _ rule: Saved) {
        switch register {
        case 3: rbx = rule
        case 6: rbp = rule
        case 7: rsp = rule
        case 16: returnAddress = rule
        default: break
        }
    }

    /// Sets the rule of a register back to what it was in another state.
    mutating func restore(_ register: UInt64, from initial: CallFrameState) {
        switch register {
        case 3: rbx = initial.rbx
        case 6: rbp = initial.rbp
        case 7: rsp = initial.rsp
        case 16: returnAddress = initial.returnAddress
        default: break
        }
    }
}
