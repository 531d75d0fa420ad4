/// Finds the callers of a thread that was interrupted, by the rules of unwind tables, as the
/// programs in `bpf/unwind.bpf.h` do.
///
/// What was found is kept whatever happens: the last frame is where the reason is.
package struct StackUnwinder {
    /// How many frames a stack has at most.
    package static let deepest = 255

    private let memory: StackMemory
    private let code: (Address) -> UnwindCode
    private var registers: UnwindRegisters
    /// Where the caller's `rbx` is in memory: few rules need it, so it is read when one does.
    private var placeOfRBX: UInt64?
    /// Whether the program counter is behind a call, which may be the last instruction of its
    /// function: the call itself is what to look up. What a signal interrupts is not behind one.
    private var isAfterCall = false
    /// Whether the frame was found by a frame pointer.
    private var isByFramePointer = false
    private var stack = UnwoundStack()

    /// Unwinds a stack.
    ///
    /// - Parameters:
    ///   - registers: The registers when the thread was interrupted.
    ///   - memory: Its stack, from the stack pointer on.
    ///   - isFunctionEntry: Whether the thread is at the first instruction of a function, where
    ///     the return address is on top of the stack whatever the tables say.
    ///   - code: What is known about the code at an address of the process.
    /// - Returns: The frames, and why there are no more.
    package static func unwind(
        _ registers: UnwindRegisters, _ memory: StackMemory, isFunctionEntry: Bool = false,
        code: @escaping (Address) -> UnwindCode
    ) -> UnwoundStack {
        var unwinder = StackUnwinder(memory: memory, code: code, registers: registers)
        if isFunctionEntry {
            unwinder.add(registers.programCounter, isByFramePointer: false)
            unwinder.stack.end = unwinder.leaveEntry() ?? unwinder.unwindAll()
        } else {
            unwinder.stack.end = unwinder.unwindAll()
        }
        return unwinder.stack
    }

    private init(
        memory: StackMemory, code: @escaping (Address) -> UnwindCode, registers: UnwindRegisters
    ) {
        self.memory = memory
        self.code = code
        self.registers = registers
    }

    private mutating func unwindAll() -> UnwoundStack.End {
        while stack.frames.count < Self.deepest {
            let address = Address(registers.programCounter &- (isAfterCall ? 1 : 0))
            add(address.rawValue, isByFramePointer: isByFramePointer)
            isByFramePointer = false
            let end: UnwoundStack.End? =
                switch code(address) {
                case .image(let table, let bias):
                    follow(
                        table.rule(at: Address(address.rawValue &- bias))?.kind ?? .noInformation)
                case .bareImage: followFramePointer(orElse: .noFramePointer)
                case .generated: followFramePointer(orElse: .generatedCode)
                case .withoutTable: .noTable
                case .unmapped: .unmapped
                }
            if let end { return end }
        }
        return .tooDeep
    }

    private mutating func add(_ address: UInt64, isByFramePointer: Bool) {
        stack.frames.append(
            UnwoundStack.Frame(address: Address(address), isByFramePointer: isByFramePointer))
    }

    /// Goes to the caller by a rule; the result is why there is none.
    private mutating func follow(_ rule: UnwindRule.Kind) -> UnwoundStack.End? {
        switch rule {
        case .endOfStack: .complete
        case .noInformation: followFramePointer(orElse: .noInformation)
        case .unsupported(let reason): .unsupported(reason)
        case .signalFrame: leaveSignal()
        case .frame(let cfa, let rbp, let rbx, let returnAddress):
            leaveFrame(cfa, rbp: rbp, rbx: rbx, returnAddress)
        }
    }

    private mutating func leaveFrame(
        _ rule: UnwindRule.CFA, rbp: UnwindRule.Saved, rbx: UnwindRule.Saved,
        _ returnAddress: UnwindRule.ReturnAddress
    ) -> UnwoundStack.End? {
        do {
            let cfa = try cfa(rule)
            let caller: UInt64
            switch returnAddress {
            case .atCFA(let offset):
                guard let stackPointer = registers[UnwindRegisters.rsp], cfa > stackPointer else {
                    return .notAdvancing
                }
                caller = try word(cfa, offset)
            case .register(let register): caller = try value(register)
            }
            try restoreFramePointer(rbp, cfa: cfa)
            restoreRBX(rbx, cfa: cfa)
            registers.keepFollowed()
            return enter(caller, stackPointer: cfa)
        } catch {
            return error
        }
    }

    /// The canonical frame address: the caller's stack pointer.
    private func cfa(_ rule: UnwindRule.CFA) throws(UnwoundStack.End) -> UInt64 {
        switch rule {
        case .register(let register, let offset):
            return try value(register) &+ UInt64(bitPattern: Int64(offset))
        case .dereferenced(let register, let offset, let added):
            return try word(value(register), offset) &+ UInt64(bitPattern: Int64(added))
        case .linkageTable(let offset, let threshold):
            let isPushed = registers.programCounter & 15 >= UInt64(threshold)
            return try value(UnwindRegisters.rsp) &+ UInt64(bitPattern: Int64(offset))
                &+ (isPushed ? 8 : 0)
        }
    }

    private func value(_ register: UInt8) throws(UnwoundStack.End) -> UInt64 {
        if register == UnwindRegisters.rbx, let placeOfRBX { return try word(placeOfRBX, 0) }
        guard let value = registers[register] else { throw .lostRegister }
        return value
    }

    private func word(_ base: UInt64, _ offset: Int32) throws(UnwoundStack.End) -> UInt64 {
        guard let word = memory.word(at: base &+ UInt64(bitPattern: Int64(offset))) else {
            throw .unreadable
        }
        return word
    }

    private mutating func restoreFramePointer(
        _ rule: UnwindRule.Saved, cfa: UInt64
    ) throws(UnwoundStack.End) {
        switch rule {
        case .same: break
        case .atCFA(let offset) where isPopped(cfa, offset): break
        case .atCFA(let offset): registers[UnwindRegisters.rbp] = try word(cfa, offset)
        case .atRegister(let register, let offset):
            registers[UnwindRegisters.rbp] = try word(value(register), offset)
        case .undefined: registers[UnwindRegisters.rbp] = nil
        }
    }

    /// Whether a register's place is below the copy of the stack: at the end of a function, rules
    /// still name the places of registers that have got their values back.
    private func isPopped(_ cfa: UInt64, _ offset: Int32) -> Bool {
        cfa &+ UInt64(bitPattern: Int64(offset)) < memory.address
    }

    private mutating func restoreRBX(_ rule: UnwindRule.Saved, cfa: UInt64) {
        switch rule {
        case .same: break
        case .atCFA(let offset) where isPopped(cfa, offset): break
        case .atCFA(let offset): placeOfRBX = cfa &+ UInt64(bitPattern: Int64(offset))
        case .atRegister, .undefined:
            placeOfRBX = nil
            registers[UnwindRegisters.rbx] = nil
        }
    }

    /// Goes to the caller at a return address; one of zero is the end of a thread's stack.
    private mutating func enter(_ address: UInt64, stackPointer: UInt64) -> UnwoundStack.End? {
        registers[UnwindRegisters.rsp] = stackPointer
        registers.programCounter = address
        isAfterCall = true
        return address == 0 ? .complete : nil
    }

    /// Goes to the caller of a function of which nothing has been executed.
    private mutating func leaveEntry() -> UnwoundStack.End? {
        guard let stackPointer = registers[UnwindRegisters.rsp] else { return .lostRegister }
        guard let caller = memory.word(at: stackPointer) else { return .unreadable }
        registers.keepFollowed()
        return enter(caller, stackPointer: stackPointer &+ 8)
    }

    /// Goes to the caller whose frame pointer is saved where this one points to, with the return
    /// address behind it: in generated code, where no table describes the image, and in functions
    /// that a table leaves out (assembly; what cannot throw, in Swift).
    private mutating func followFramePointer(
        orElse failure: UnwoundStack.End
    ) -> UnwoundStack.End? {
        guard let pointer = registers[UnwindRegisters.rbp],
            let stackPointer = registers[UnwindRegisters.rsp]
        else { return failure }
        // The calling convention's mark of the outermost frame.
        if pointer == 0 { return .complete }
        guard pointer >= stackPointer, pointer % 8 == 0, let saved = memory.word(at: pointer),
            let caller = memory.word(at: pointer &+ 8)
        else { return failure }
        // A register that holds no frame pointer would lead anywhere.
        if caller != 0, case .unmapped = code(Address(caller &- 1)) { return failure }
        registers.keepFollowed()
        registers[UnwindRegisters.rbp] = saved
        registers[UnwindRegisters.rbx] = nil
        placeOfRBX = nil
        isByFramePointer = true
        return enter(caller, stackPointer: pointer &+ 16)
    }

    /// Goes to what a signal has interrupted: its registers are in the `ucontext` at the stack
    /// pointer (`struct sigcontext_64` of arch/x86/include/uapi/asm/sigcontext.h).
    private mutating func leaveSignal() -> UnwoundStack.End? {
        guard let stackPointer = registers[UnwindRegisters.rsp] else { return .lostRegister }
        var values = [UInt64](repeating: 0, count: UnwindRegisters.count)
        for (index, register) in Self.contextOrder.enumerated() {
            guard let value = memory.word(at: stackPointer &+ 40 &+ 8 * UInt64(index)) else {
                return .unreadable
            }
            values[register] = value
        }
        guard let interrupted = memory.word(at: stackPointer &+ 168) else { return .unreadable }
        registers = UnwindRegisters(programCounter: interrupted, values: values)
        placeOfRBX = nil
        isAfterCall = false
        return nil
    }

    /// DWARF's numbers of r8 to r15, rdi, rsi, rbp, rbx, rdx, rax, rcx and rsp, as they follow each
    /// other in a `ucontext`.
    private static let contextOrder = [8, 9, 10, 11, 12, 13, 14, 15, 5, 4, 6, 3, 1, 0, 2, 7]
}

extension UnwoundStack.End: Error {}
