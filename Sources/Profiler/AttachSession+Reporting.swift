internal import CUprofABI
internal import LibBPF
internal import Report
internal import Symbolizer

/// From what the kernel side has counted to the report.
extension AttachSession {
    /// What was measured since this was last asked.
    func report(
        from start: UInt64, to end: UInt64, clock: MeasurementClock
    ) throws(BPFError) -> LatencyReport {
        var report = LatencyReport(
            startNanoseconds: start - clock.start, durationNanoseconds: end - start,
            objectFamily: object.family, objectLimits: object.family.limits)
        for probe in planner.probes where failedProbes[probe.id] == nil {
            report.functions.append(try functionReader.take(probe, of: object))
        }
        for (reason, source) in Self.lossSources {
            let total = try object.lossCount(source)
            let earlier = reportedLosses[reason] ?? 0
            report.losses[reason] = total - earlier
            reportedLosses[reason] = total
        }
        return report
    }

    /// All stacks, named; stacks that end early are counted in the report.
    func stackProfile(_ report: inout LatencyReport) throws(BPFError) -> StackProfile {
        var profile = StackProfile(valueKinds: [.calls, .totalNanoseconds])
        for count in try object.stackCounts() where planner.probes.indices.contains(count.function)
        {
            let frames = namer.frames(
                of: count.stack, function: planner.probes[count.function],
                in: processes[count.process]?.snapshot, process: count.process,
                images: unwinding?.images ?? RecordedImages())
            profile.add(frames, values: [count.calls, count.totalNanoseconds])
            if count.stack.end != .complete { report.losses[.stacksTruncated] += 1 }
        }
        return profile
    }

    /// A slow call with its names.
    func slowCall(_ event: SlowCallEvent) -> SlowCall {
        let probe =
            planner.probes.indices.contains(event.function) ? planner.probes[event.function] : nil
        let frames = probe.map { probe in
            namer.frames(
                of: event.stack, function: probe, in: processes[event.process]?.snapshot,
                process: event.process, images: unwinding?.images ?? RecordedImages())
        }
        return SlowCall(
            timeNanoseconds: MeasurementClock.calendarNanoseconds(at: event.endNanoseconds),
            caller: SlowCall.Caller(
                process: event.process.rawValue, thread: event.thread, command: event.comm),
            durationNanoseconds: event.durationNanoseconds,
            module: probe?.module ?? "", function: probe?.name ?? "[unknown]",
            frames: frames ?? [])
    }

    private static let lossSources: [(LossReason, uprof_loss)] = [
        (.abandonedFrames, UPROF_LOSS_ABANDONED_FRAMES),
        (.threadExited, UPROF_LOSS_THREAD_EXITED),
        (.exec, UPROF_LOSS_EXEC),
        (.returnsWithoutEntry, UPROF_LOSS_RETURNS_WITHOUT_ENTRY),
        (.tooDeep, UPROF_LOSS_TOO_DEEP),
        (.threadTableFull, UPROF_LOSS_THREAD_TABLE_FULL),
        (.stackTableFull, UPROF_LOSS_STACK_TABLE_FULL),
        (.ringFull, UPROF_LOSS_RING_FULL),
        (.tailCalls, UPROF_LOSS_TAIL_CALLS),
        (.onSignalStack, UPROF_LOSS_ON_SIGNAL_STACK),
    ]
}
