/// Tells a `switch` from a tail call: both end in an indirect jump.
///
/// Compilers load a table's entry with a scaled index, or add the table's address to it, right
/// before they jump; a tail call's target comes as it is.
struct JumpTableTracker {
    /// How far back a table's computation may lie.
    private static let window = 6
    private var recent: [Instruction] = []

    /// Remembers an instruction that comes before the next jump.
    mutating func note(_ instruction: Instruction) {
        if recent.count == Self.window { recent.removeFirst() }
        recent.append(instruction)
    }

    /// Whether an indirect jump goes through a table.
    func isTableJump(_ jump: Instruction.JumpBase) -> Bool {
        switch jump {
        case .table: true
        case .memory: false
        case .register(let register):
            recent.last { $0.writtenRegister == register }?.computesTableEntry ?? false
        }
    }
}
