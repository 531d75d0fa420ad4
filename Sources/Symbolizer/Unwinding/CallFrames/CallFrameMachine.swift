internal import Bytes

/// Executes the instructions of a function's entry: from the state at its start to each row.
struct CallFrameMachine {
    private let bytes: SectionBytes
    private let bases: PointerEncoding.Bases
    private let common: CommonFrameInformation
    private let initial: CallFrameState
    private var remembered: [CallFrameState] = []

    /// The state at the location.
    private(set) var state: CallFrameState
    /// The address from which the state holds.
    private(set) var location: UInt64

    /// Compilers nest two deep.
    private static let deepestNesting = 64

    /// Starts at the first address of a function, with the state after the instructions of the
    /// common part.
    init(
        bytes: SectionBytes, bases: PointerEncoding.Bases, common: CommonFrameInformation,
        initial: CallFrameState, start: UInt64
    ) {
        self.bytes = bytes
        self.bases = bases
        self.common = common
        self.initial = initial
        state = initial
        location = start
    }

    /// Executes instructions.
    ///
    /// - Parameters:
    ///   - range: Where the instructions are in the section.
    ///   - row: Called with each row that ends: its state, and the address from which it holds.
    /// - Throws: `CallFrameError` if an instruction is not known or makes no sense.
    mutating func run(
        _ range: Range<Int>, row: (CallFrameState, UInt64) -> Void
    ) throws(CallFrameError) {
        let section = bytes
        var reader = try CallFrameReader(
            section.bytes.extracting(0..<range.upperBound), at: range.lowerBound)
        while !reader.isAtEnd {
            let code = try reader.readUInt8()
            if let next = try nextLocation(code, &reader) {
                guard next >= location else { throw CallFrameError() }
                if next > location { row(state, location) }
                location = next
            } else {
                try execute(code, &reader)
            }
        }
    }

    /// Where an instruction moves the location to; nil if it is one that does not.
    private func nextLocation(
        _ code: UInt8, _ reader: inout CallFrameReader
    ) throws(CallFrameError) -> UInt64? {
        let steps: UInt64
        switch code {
        case CallFrameInstruction.advanceLocation..<CallFrameInstruction.offset:
            steps = UInt64(code & 0x3f)
        case CallFrameInstruction.advanceLocation1: steps = UInt64(try reader.readUInt8())
        case CallFrameInstruction.advanceLocation2: steps = UInt64(try reader.readUInt16())
        case CallFrameInstruction.advanceLocation4: steps = UInt64(try reader.readUInt32())
        case CallFrameInstruction.setLocation:
            return try common.pointers.read(&reader, bases: bases)
        default: return nil
        }
        let (distance, isLarge) = steps.multipliedReportingOverflow(by: common.codeAlignment)
        let (next, wraps) = location.addingReportingOverflow(distance)
        guard !isLarge, !wraps else { throw CallFrameError() }
        return next
    }

    private mutating func execute(
        _ code: UInt8, _ reader: inout CallFrameReader
    ) throws(CallFrameError) {
        switch code {
        case CallFrameInstruction.offset..<CallFrameInstruction.restore:
            state.set(UInt64(code & 0x3f), .atCFA(try scaled(reader.readULEB128())))
        case CallFrameInstruction.restore...:
            state.restore(UInt64(code & 0x3f), from: initial)
        case CallFrameInstruction.nop: break
        case CallFrameInstruction.rememberState:
            guard remembered.count < Self.deepestNesting else { throw CallFrameError() }
            remembered.append(state)
        case CallFrameInstruction.restoreState:
            guard let last = remembered.popLast() else { throw CallFrameError() }
            state = last
        case CallFrameInstruction.argumentsSize: _ = try reader.readULEB128()
        case CallFrameInstruction.defineCFA, CallFrameInstruction.defineCFARegister,
            CallFrameInstruction.defineCFAOffset, CallFrameInstruction.defineCFAExpression,
            CallFrameInstruction.defineCFASigned, CallFrameInstruction.defineCFAOffsetSigned:
            state.cfa = try cfa(code, &reader)
        default:
            let register = try reader.readULEB128()
            if code == CallFrameInstruction.restoreExtended {
                state.restore(register, from: initial)
            } else {
                state.set(register, try saved(code, &reader))
            }
        }
    }

    /// The CFA an instruction defines.
    private func cfa(
        _ code: UInt8, _ reader: inout CallFrameReader
    ) throws(CallFrameError) -> CallFrameState.CFA {
        switch code {
        case CallFrameInstruction.defineCFA:
            return .register(try reader.readULEB128(), try plain(reader.readULEB128()))
        case CallFrameInstruction.defineCFASigned:
            return .register(try reader.readULEB128(), try scaled(reader.readSLEB128()))
        case CallFrameInstruction.defineCFAExpression:
            return .expression(try reader.readBlock())
        default: break
        }
        // The others change a register or its offset, which there has to be.
        guard case .register(let register, let offset) = state.cfa else { throw CallFrameError() }
        return switch code {
        case CallFrameInstruction.defineCFARegister: .register(try reader.readULEB128(), offset)
        case CallFrameInstruction.defineCFAOffset:
            .register(register, try plain(reader.readULEB128()))
        default: .register(register, try scaled(reader.readSLEB128()))
        }
    }

    /// The rule an instruction gives a register.
    private func saved(
        _ code: UInt8, _ reader: inout CallFrameReader
    ) throws(CallFrameError) -> CallFrameState.Saved {
        switch code {
        case CallFrameInstruction.offsetExtended: return .atCFA(try scaled(reader.readULEB128()))
        case CallFrameInstruction.offsetExtendedSigned:
            return .atCFA(try scaled(reader.readSLEB128()))
        case CallFrameInstruction.negativeOffsetExtended:
            return .atCFA(0 &- (try scaled(reader.readULEB128())))
        case CallFrameInstruction.undefined: return .undefined
        case CallFrameInstruction.sameValue: return .same
        case CallFrameInstruction.register: return .inRegister(try reader.readULEB128())
        case CallFrameInstruction.expression: return .atExpression(try reader.readBlock())
        case CallFrameInstruction.valueOffset: _ = try reader.readULEB128()
        case CallFrameInstruction.valueOffsetSigned: _ = try reader.readSLEB128()
        case CallFrameInstruction.valueExpression: _ = try reader.readBlock()
        default: throw CallFrameError()
        }
        return .computed
    }

    private func plain(_ offset: UInt64) throws(CallFrameError) -> Int64 {
        guard let offset = Int64(exactly: offset) else { throw CallFrameError() }
        return offset
    }

    private func scaled(_ steps: UInt64) throws(CallFrameError) -> Int64 {
        try scaled(plain(steps))
    }

    private func scaled(_ steps: Int64) throws(CallFrameError) -> Int64 {
        let (offset, isLarge) = steps.multipliedReportingOverflow(by: common.dataAlignment)
        guard !isLarge else { throw CallFrameError() }
        return offset
    }
}
