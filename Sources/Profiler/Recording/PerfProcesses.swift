internal import Symbolizer

/// What is known of the code of processes, to unwind copies of their stacks by.
struct PerfProcesses {
    /// What became of an image's unwind information.
    private enum Table {
        case ready(UnwindTable)
        case nothing
        case unusable
    }

    private var mappings: [ProcessID: [CodeMapping]] = [:]
    private var tables: [ImageNumber: Table] = [:]

    /// Sets the code of a process.
    mutating func set(_ mappings: [CodeMapping], of process: ProcessID) {
        self.mappings[process] = mappings
    }

    /// Gives a process that was forked the code of its parent, and one that was executed none.
    mutating func note(_ event: TaskChange) {
        switch event {
        case .forked(let process, let parent): mappings[process] = mappings[parent]
        case .executed(let process): mappings[process] = nil
        }
    }

    /// What changes the code of a process at once.
    enum TaskChange {
        case forked(ProcessID, from: ProcessID)
        case executed(ProcessID)
    }

    /// Forgets a process.
    mutating func forget(_ process: ProcessID) { mappings[process] = nil }

    /// Sets how an image is unwound.
    mutating func set(_ outcome: TableBuilder.Outcome, of image: ImageNumber) {
        tables[image] =
            switch outcome {
            case .table(_, let table): .ready(table)
            case .nothing: .nothing
            case .unusable: .unusable
            }
    }

    /// Forgets how images are unwound that no process has mapped.
    mutating func drop(_ unused: [ImageNumber]) {
        for image in unused { tables[image] = nil }
    }

    /// Unwinds a stack of a process.
    func stack(
        of process: ProcessID, _ registers: UnwindRegisters, _ memory: StackMemory
    ) -> SampledStack {
        let code = mappings[process] ?? []
        let unwound = StackUnwinder.unwind(registers, memory) { address in
            Self.mapping(of: address, in: code).map { self.code($0) } ?? .unmapped
        }
        var stack = SampledStack(
            frames: unwound.frames.map { Self.frame($0.address, in: code) },
            end: StackEnd(unwound.end))
        stack.usesFramePointers = unwound.frames.contains(where: \.isByFramePointer)
        if case .unsupported(let reason) = unwound.end { stack.detail = reason.rawValue }
        guard let last = unwound.frames.last?.address else { return stack }
        switch unwound.end {
        case .unmapped where code.isEmpty: stack.end = .newProcess
        case .unmapped where last.rawValue >> 12 == Self.vsyscallPage: stack.end = .vsyscall
        case .noTable where isUnusable(at: last, in: code): stack.end = .badTable
        default: break
        }
        return stack
    }

    /// The page at 0xffffffffff600000 (arch/x86/include/uapi/asm/vsyscall.h).
    private static let vsyscallPage: UInt64 = 0xffff_ffff_ff600

    private func code(_ mapping: CodeMapping) -> UnwindCode {
        switch mapping.content {
        case .generated: .generated
        case .image(let number, let bias):
            switch tables[number] {
            case .ready(let table): .image(table, bias: bias)
            case .nothing: .bareImage
            case .unusable, nil: .withoutTable
            }
        }
    }

    private func isUnusable(at address: Address, in code: [CodeMapping]) -> Bool {
        guard case .image(let number, _) = Self.mapping(of: address, in: code)?.content,
            case .unusable = tables[number]
        else { return false }
        return true
    }

    private static func mapping(of address: Address, in code: [CodeMapping]) -> CodeMapping? {
        var (low, high) = (0, code.count)
        while low < high {
            let middle = (low + high) / 2
            if code[middle].end <= address { low = middle + 1 } else { high = middle }
        }
        return low < code.count && code[low].start <= address ? code[low] : nil
    }

    private static func frame(_ address: Address, in code: [CodeMapping]) -> StackFrame {
        switch mapping(of: address, in: code)?.content {
        case .image(let number, let bias):
            StackFrame(.image(number, Address(address.rawValue &- bias)))
        case .generated: StackFrame(.generated(address))
        case nil: StackFrame(.unmapped(address))
        }
    }
}

extension StackEnd {
    /// The reason of an unwinder.
    init(_ end: UnwoundStack.End) {
        self =
            switch end {
            case .complete: .complete
            case .tooDeep: .tooDeep
            case .unreadable: .unreadable
            case .unmapped: .noMapping
            case .noTable: .noTableYet
            case .noInformation: .noInformation
            case .unsupported: .unsupported
            case .lostRegister: .lostRegister
            case .notAdvancing: .notAdvancing
            case .generatedCode: .generatedCode
            case .noFramePointer: .noFramePointer
            }
    }
}
