internal import Bytes

/// The rules of a table while it is made: each is kept once and known by its number.
struct UnwindRuleSet {
    /// The rules, by their numbers.
    private(set) var rules: [UnwindRule] = []
    /// Whether a CFA is relative to `rbx`.
    private(set) var needsRBX = false

    private let tracksRBX: Bool
    private var numbers: [UnwindRule: UInt32] = [:]
    /// Nearly all rows have rules of few forms, whose numbers make one number to look up.
    private var usualNumbers: [UInt64: UInt32] = [:]

    /// Makes an empty set.
    ///
    /// - Parameter tracksRBX: Whether the rules say where `rbx` is.
    init(tracksRBX: Bool) {
        self.tracksRBX = tracksRBX
    }

    /// The number of a rule.
    mutating func number(of kind: UnwindRule.Kind) -> UInt32 {
        let rule = UnwindRule(kind)
        if let number = numbers[rule] { return number }
        let number = UInt32(rules.count)
        rules.append(rule)
        numbers[rule] = number
        if case .frame(let cfa, _, _, _) = kind {
            switch cfa {
            case .register(3, _), .dereferenced(3, _, _): needsRBX = true
            default: break
            }
        }
        return number
    }

    /// The number of the rule for a state.
    mutating func number(of state: CallFrameState, in bytes: RawSpan) -> UInt32 {
        let usual = usualNumber(of: state)
        if let usual, let number = usualNumbers[usual] { return number }
        let number = number(of: UnwindRule(state, in: bytes, tracksRBX: tracksRBX).kind)
        if let usual { usualNumbers[usual] = number }
        return number
    }

    /// The number that a state of a usual form makes; nil for the rest.
    private func usualNumber(of state: CallFrameState) -> UInt64? {
        guard case .register(let register, let offset) = state.cfa, register < 16,
            let offset = UInt32(exactly: offset), case .atCFA(-8) = state.returnAddress,
            case .unspecified = state.rsp, let rbp = Self.usualNumber(of: state.rbp),
            let rbx = tracksRBX ? Self.usualNumber(of: state.rbx) : 0
        else { return nil }
        return register << 60 | UInt64(rbp) << 46 | UInt64(rbx) << 32 | UInt64(offset)
    }

    /// A number of 14 bits for where a register is: zero where it is unchanged.
    private static func usualNumber(of saved: CallFrameState.Saved) -> UInt16? {
        switch saved {
        case .unspecified: return 0
        case .atCFA(let offset):
            guard offset < 0, offset > -(1 << 14) else { return nil }
            return UInt16(-offset)
        default: return nil
        }
    }
}
