/// Why a stack has no further caller. Source: `enum uprof_stack_end`.
enum StackEnd: UInt8, Sendable, CaseIterable {
    case complete = 0
    case noFramePointer = 1
    case unreadable = 2
    case tooDeep = 3
    case trampoline = 4
    case noMapping = 5
    case newProcess = 6
    case noTableYet = 7
    case noRoom = 8
    case badTable = 9
    case noInformation = 10
    case unsupported = 11
    case lostRegister = 12
    case notAdvancing = 13
    case generatedCode = 14
    case vsyscall = 15
    case compat = 16
    case exiting = 17
}

extension StackEnd {
    /// The reason in a few words; nil where nothing is missing.
    var reason: String? {
        switch self {
        case .complete: nil
        case .noFramePointer: "no unwind table and no frame pointer"
        case .unreadable: "stack not readable"
        case .tooDeep: "more than 255 frames"
        case .trampoline: "return probe of another tool"
        case .noMapping: "address in no known code"
        case .newProcess: "process not known yet"
        case .noTableYet: "no unwind table yet"
        case .noRoom: "no room for the unwind table"
        case .badTable: "unwind table not usable"
        case .noInformation: "no unwind information"
        case .unsupported: "unwind rule not supported"
        case .lostRegister: "unwind rule needs a lost register"
        case .notAdvancing: "unwind rule leads nowhere"
        case .generatedCode: "generated code without a frame pointer"
        case .vsyscall: "vsyscall page"
        case .compat: "32-bit code"
        case .exiting: "process was exiting"
        }
    }

    /// Whether the last frame's module says more about the reason.
    var concernsModule: Bool {
        switch self {
        case .noFramePointer, .noTableYet, .noRoom, .badTable, .noInformation, .unsupported,
            .lostRegister, .notAdvancing:
            true
        default: false
        }
    }
}
