/// What the planner needs to know of one machine instruction.
struct Instruction {
    /// Where it lies.
    let address: UInt64
    /// Its length in bytes.
    let size: Int
    /// Where control goes after it.
    let flow: Flow
    /// The register its first operand writes, as the decoder numbers them.
    let writtenRegister: UInt32?
    /// Whether it is part of looking up a jump table: a load with a scaled index, or an addition
    /// of two registers.
    let computesTableEntry: Bool

    /// Where control goes after an instruction.
    enum Flow: Equatable {
        case other
        case call
        case `return`
        case jump(target: UInt64)
        /// A jump under a condition: its number in the opcode, where it is one of the flags.
        case conditionalJump(target: UInt64, condition: UInt8?)
        case indirectJump(JumpBase)
        /// It traps: what follows is other code.
        case trap

        /// Whether control does not go on with the next instruction.
        var isEnd: Bool {
            switch self {
            case .return, .jump, .indirectJump, .trap: true
            case .other, .call, .conditionalJump: false
            }
        }
    }

    /// Where an indirect jump takes its target from.
    enum JumpBase: Equatable {
        case register(UInt32)
        /// A word in memory, without an index.
        case memory
        /// An indexed word in memory, or a jump marked as not tracked (a `switch` under CET).
        case table
    }
}
