/// The BPF programs of bpf/record.bpf.c.
enum RecordProgram: String, CaseIterable {
    case sample
    case taskSwitch = "task_switch"
    case processFork = "process_fork"
    case processExec = "process_exec"

    /// Whether it has something to do.
    func isUsed(in mode: RecordConfiguration.Mode) -> Bool {
        switch self {
        case .sample: mode != .offCPU
        case .taskSwitch: mode != .onCPU
        case .processFork, .processExec: true
        }
    }
}
