internal import Profiler
internal import Report

/// What a recording has come to, in words.
enum RecordSummary {
    /// Reasons named in the line of progress, at most.
    private static let reasonsInProgress = 2

    /// How far it is, in a line.
    static func progress(_ progress: RecordProgress) -> String {
        var text = "\(HumanUnits.count(progress.samples)) samples"
        if progress.lost > 0 { text += ", \(HumanUnits.count(progress.lost)) lost" }
        for (reason, count) in progress.truncated.prefix(reasonsInProgress) {
            text += ", \(HumanUnits.count(count)) cut short: \(reason)"
        }
        return text
    }

    /// What it has come to, a line each.
    static func lines(_ result: RecordResult, mode: RecordConfiguration.Mode) -> [String] {
        let progress = result.progress
        let share = HumanUnits.percentage(progress.complete, of: progress.samples)
        let what = mode == .offCPU ? "waits" : "samples"
        var lines = [
            "\(HumanUnits.count(progress.samples)) \(what) in "
                + "\(HumanUnits.count(UInt64(result.stackCount))) stacks, \(share) of them whole"
        ]
        for (reason, count) in progress.truncated {
            lines.append("  \(HumanUnits.count(count)) cut short: \(reason)")
        }
        if progress.byFramePointer > 0 {
            let count = HumanUnits.count(progress.byFramePointer)
            lines.append("  \(count) in part by frame pointers, which can miss a caller")
        }
        if progress.lost > 0 { lines.append("  \(HumanUnits.count(progress.lost)) lost") }
        lines.append(cost(result.cost))
        return lines
    }

    private static func cost(_ cost: RecordCost) -> String {
        let own = HumanUnits.duration(cost.ownNanoseconds)
        let share = HumanUnits.percentage(cost.ownNanoseconds, of: cost.durationNanoseconds)
        var text = "recording for \(HumanUnits.duration(cost.durationNanoseconds)) took \(own) of "
        text += "CPU time (\(share) of one CPU)"
        if cost.kernelRuns > 0 {
            let each = HumanUnits.duration(cost.kernelNanoseconds / cost.kernelRuns)
            text += " and \(HumanUnits.duration(cost.kernelNanoseconds)) in the kernel, "
            text += "\(each) each of \(HumanUnits.count(cost.kernelRuns)) times"
        }
        return text
    }

    /// The functions that take most, and the summary.
    static func text(
        _ result: RecordResult, mode: RecordConfiguration.Mode, valueKind: StackProfile.ValueKind
    ) -> String {
        HotFunctions(valueKind: valueKind).render(result.profile) + "\n"
            + lines(result, mode: mode).joined(separator: "\n") + "\n"
    }
}
