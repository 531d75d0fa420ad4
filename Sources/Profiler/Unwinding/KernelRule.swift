internal import CUprofABI
internal import Symbolizer

extension uprof_unwind_rule {
    /// The rule as the kernel side reads it; one whose numbers do not fit is not supported there.
    init(_ rule: UnwindRule) {
        switch rule.kind {
        case .frame(let cfa, let framePointer, let rbx, let returnAddress):
            self.init()
            guard setCFA(cfa), setReturnAddress(returnAddress) else {
                self.init(unsupported: .offset)
                return
            }
            setFramePointer(framePointer)
            setRBX(rbx)
        case .signalFrame: self.init(UPROF_RULE_SIGNAL)
        case .endOfStack: self.init(UPROF_RULE_END)
        case .noInformation: self.init(UPROF_RULE_NONE)
        case .unsupported(let reason): self.init(unsupported: reason)
        }
    }

    private init(_ kind: uprof_rule_kind) {
        self.init()
        self.kind = UInt8(kind.rawValue)
    }

    private init(unsupported reason: UnsupportedUnwindRule) {
        self.init(UPROF_RULE_UNSUPPORTED)
        cfa_register = reason.rawValue
    }

    /// Returns whether the numbers fit.
    private mutating func setCFA(_ cfa: UnwindRule.CFA) -> Bool {
        switch cfa {
        case .register(let register, let offset):
            kind = UInt8(UPROF_RULE_FRAME.rawValue)
            cfa_register = register
            cfa_offset = offset
        case .dereferenced(let register, let offset, let added):
            guard let added = Int16(exactly: added) else { return false }
            kind = UInt8(UPROF_RULE_DEREFERENCED.rawValue)
            cfa_register = register
            cfa_offset = offset
            cfa_added = added
        case .linkageTable(let offset, let threshold):
            kind = UInt8(UPROF_RULE_LINKAGE.rawValue)
            cfa_register = threshold
            cfa_offset = offset
        }
        return true
    }

    private mutating func setReturnAddress(_ place: UnwindRule.ReturnAddress) -> Bool {
        switch place {
        case .atCFA(let offset):
            let word = Int32(MemoryLayout<UInt64>.size)
            guard offset % word == 0, let words = Int8(exactly: offset / word) else { return false }
            return_offset = words
            return_register = UInt8(UPROF_RETURN_IN_MEMORY)
        case .register(let register):
            return_register = register
        }
        return true
    }

    /// A place too far away counts as lost: it only matters if a caller's rule needs the register.
    private mutating func setFramePointer(_ saved: UnwindRule.Saved) {
        switch saved {
        case .same:
            setKind(UPROF_SAVED_SAME, at: 0)
        case .atCFA(let offset):
            guard let offset = Int16(exactly: offset) else {
                return setKind(UPROF_SAVED_LOST, at: 0)
            }
            setKind(UPROF_SAVED_AT_CFA, at: 0)
            pointer_offset = offset
        case .atRegister(let register, let offset):
            guard let offset = Int16(exactly: offset) else {
                return setKind(UPROF_SAVED_LOST, at: 0)
            }
            setKind(UPROF_SAVED_AT_REGISTER, at: 0)
            pointer_register = register
            pointer_offset = offset
        case .undefined:
            setKind(UPROF_SAVED_LOST, at: 0)
        }
    }

    private mutating func setRBX(_ saved: UnwindRule.Saved) {
        switch saved {
        case .same:
            setKind(UPROF_SAVED_SAME, at: 4)
        case .atCFA(let offset):
            guard let offset = Int16(exactly: offset) else {
                return setKind(UPROF_SAVED_LOST, at: 4)
            }
            setKind(UPROF_SAVED_AT_CFA, at: 4)
            rbx_offset = offset
        case .atRegister, .undefined:
            setKind(UPROF_SAVED_LOST, at: 4)
        }
    }

    private mutating func setKind(_ kind: uprof_saved_kind, at shift: UInt8) {
        saved_kinds |= UInt8(kind.rawValue) << shift
    }
}

/// A rule's bytes, to find it by.
struct KernelRuleKey: Hashable {
    private let words: (UInt64, UInt64)

    init(_ rule: uprof_unwind_rule) {
        words = withUnsafeBytes(of: rule) { bytes in
            (
                bytes.loadUnaligned(as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            )
        }
    }

    static func == (left: KernelRuleKey, right: KernelRuleKey) -> Bool {
        left.words == right.words
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }
}
