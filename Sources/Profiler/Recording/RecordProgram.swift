internal import LibBPF
internal import Report

/// The BPF programs of bpf/record.bpf.c.
enum RecordProgram: String {
    case sample
    case taskSwitch = "task_switch"
    case processFork = "process_fork"
    case processExec = "process_exec"
    /// The last ones are of the legacy family, for its `UnwindChain`s.
    case sampleFrames = "sample_frames"
    case sampleFinish = "sample_finish"
    case switchFrames = "switch_frames"
    case switchFinish = "switch_finish"

    /// All programs of a family.
    static func all(of family: ObjectFamily) -> [RecordProgram] {
        let common: [RecordProgram] = [.sample, .taskSwitch, .processFork, .processExec]
        return switch family {
        case .modern: common
        case .legacy: common + [.sampleFrames, .sampleFinish, .switchFrames, .switchFinish]
        }
    }

    /// Those that have something to do.
    static func used(
        in mode: RecordConfiguration.Mode, family: ObjectFamily
    ) -> [RecordProgram] {
        all(of: family).filter { program in
            switch program {
            case .sample, .sampleFrames, .sampleFinish: mode != .offCPU
            case .taskSwitch, .switchFrames, .switchFinish: mode != .onCPU
            // Without them, the first moments of children and new programs have no stacks.
            case .processFork, .processExec: family == .modern || BPFFeatures.hasRawTracepoints
            }
        }
    }
}
