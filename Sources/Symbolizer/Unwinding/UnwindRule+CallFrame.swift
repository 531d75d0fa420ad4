internal import Bytes

extension UnwindRule {
    /// What of a state uprof follows.
    ///
    /// - Parameters:
    ///   - state: The state, in DWARF's terms.
    ///   - bytes: The section, where the expressions are.
    ///   - tracksRBX: Whether the image needs `rbx`.
    init(_ state: CallFrameState, in bytes: RawSpan, tracksRBX: Bool) {
        if case .undefined = state.returnAddress {
            kind = .endOfStack
            return
        }
        do throws(UnsupportedUnwindRule) {
            let cfa = try CFA(state.cfa, in: bytes)
            guard Self.isCFA(state.rsp) else { throw UnsupportedUnwindRule.stackPointer }
            kind = .frame(
                cfa, framePointer: Saved(state.rbp, in: bytes),
                rbx: tracksRBX ? Saved(state.rbx, in: bytes) : .undefined,
                returnAddress: try ReturnAddress(state.returnAddress))
        } catch {
            kind = .unsupported(error)
        }
    }

    /// Whether a rule of the stack pointer says what is so without a rule.
    private static func isCFA(_ rule: CallFrameState.Saved) -> Bool {
        switch rule {
        case .unspecified: true
        default: false
        }
    }
}

extension UnwindRule.CFA {
    fileprivate init(
        _ cfa: CallFrameState.CFA, in bytes: RawSpan
    ) throws(UnsupportedUnwindRule) {
        switch cfa {
        case .none: throw .malformed
        case .register(let register, let offset):
            guard let register = UInt8(exactly: register), register < 16 else {
                throw .cfaRegister
            }
            self = .register(register, offset: try offset.small)
        case .expression(let range):
            self = try Self(expression: bytes.extracting(range))
        }
    }

    private init(expression bytes: RawSpan) throws(UnsupportedUnwindRule) {
        switch CallFrameExpression(parsing: bytes) {
        case .register(let register, let offset):
            guard register < 16 else { throw .cfaRegister }
            self = .register(register, offset: try offset.small)
        case .dereferenced(let register, let offset, let added):
            guard register < 16 else { throw .cfaRegister }
            self = .dereferenced(register, offset: try offset.small, added: try added.small)
        case .linkageTable(let offset, let threshold):
            self = .linkageTable(offset: try offset.small, threshold: threshold)
        case nil: throw .cfaExpression
        }
    }
}

extension UnwindRule.Saved {
    /// A rule that is not followed is a register that is lost.
    fileprivate init(_ rule: CallFrameState.Saved, in bytes: RawSpan) {
        switch rule {
        case .unspecified, .same: self = .same
        case .undefined, .inRegister, .computed: self = .undefined
        case .atCFA(let offset):
            self = Int32(exactly: offset).map { .atCFA(offset: $0) } ?? .undefined
        case .atExpression(let range):
            guard
                case .register(let register, let offset) =
                    CallFrameExpression(parsing: bytes.extracting(range)),
                register < 16, let offset = Int32(exactly: offset)
            else {
                self = .undefined
                return
            }
            self = .atRegister(register, offset: offset)
        }
    }
}

extension UnwindRule.ReturnAddress {
    fileprivate init(_ rule: CallFrameState.Saved) throws(UnsupportedUnwindRule) {
        switch rule {
        case .atCFA(let offset): self = .atCFA(offset: try offset.small)
        case .inRegister(let register):
            guard register < 16 else { throw .returnAddress }
            self = .register(UInt8(register))
        default: throw .returnAddress
        }
    }
}

extension Int64 {
    /// The same number in four bytes.
    fileprivate var small: Int32 {
        get throws(UnsupportedUnwindRule) {
            guard let number = Int32(exactly: self) else { throw .offset }
            return number
        }
    }
}

extension UnsupportedUnwindRule: Error {}
