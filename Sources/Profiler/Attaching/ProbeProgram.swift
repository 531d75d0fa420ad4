internal import Report

/// The BPF programs of bpf/attach.bpf.c, by what they are attached to.
enum ProbeProgram: String {
    case functionEntry = "function_entry"
    /// At the entry and at the kernel's return trampoline.
    case functionSession = "function_session"
    /// At the kernel's return trampoline.
    case functionReturn = "function_return"
    /// At an instruction that leaves the function.
    case functionExitSite = "function_exit_site"
    case threadExit = "thread_exit"
    case processExec = "process_exec"
    /// The last three are for kernels without raw tracepoints, in the legacy family.
    case threadExitEvent = "thread_exit_event"
    case processExecEvent = "process_exec_event"
    case threadExecEvent = "thread_exec_event"
}

extension ProbeProgram {
    /// The programs that run in functions, of the object for a way of attaching.
    static func ofFunctions(_ kind: ProbeKind) -> [ProbeProgram] {
        [.functionEntry, .functionReturn, .functionExitSite]
            + (kind == .session ? [.functionSession] : [])
    }

    /// The programs that run where threads and programs end.
    static func ofThreads(rawTracepoints: Bool) -> [ProbeProgram] {
        rawTracepoints
            ? [.threadExit, .processExec]
            : [.threadExitEvent, .processExecEvent, .threadExecEvent]
    }

    /// Whether a way of attaching has a use for the program.
    func isUsed(by kind: ProbeKind) -> Bool {
        switch self {
        case .functionSession: kind == .session
        case .functionReturn: kind != .session
        default: true
        }
    }
}
