internal import CUprofABI
internal import Glibc
internal import LibBPF
internal import Report
internal import Symbolizer

/// Measuring, until the time is over, the target ends or a signal comes.
extension AttachSession {
    /// Records calls and tells what happens.
    ///
    /// - Parameter handle: Called for each event; what it throws ends the measurement, but does not
    ///   cost what has been measured.
    /// - Returns: The last report, the stacks, and why it ended.
    /// - Throws: `BPFError` if the kernel side cannot be read.
    package func run(_ handle: (AttachEvent) throws -> Void) throws -> AttachResult {
        let slowCalls = try object.readSlowCalls { [self] in slowCallEvents.append($0) }
        startFollowing()
        try unwinding?.awaitTables(object: object)
        let clock = try startRecording()
        command?.release()
        pendingEvents.append(
            .started(functions: planner.probes.count, processes: processes.count))
        tellPending(handle)

        hasStarted = true
        // A command's libraries have run their initializers by now: that is not its time.
        var schedule = Schedule(
            duration: configuration.durationNanoseconds,
            interval: configuration.intervalNanoseconds, from: MeasurementClock.now)
        var ending: MeasurementEnding?
        var periodStart = clock.start
        while ending == nil {
            MeasurementWait.forEvents(
                [
                    signals.descriptor, slowCalls.descriptor, taskEvents?.descriptor ?? -1,
                    unwinding?.descriptor ?? -1,
                ],
                until: schedule.next(after: MeasurementClock.now))
            consumeTaskEvents()
            refreshStale()
            try unwinding?.takeTables(object: object)
            slowCalls.consume()
            ending = signals.ending(forwardingTo: command) ?? targetEnding() ?? schedule.ending
            if ending == nil, schedule.isIntervalOver() {
                let now = MeasurementClock.now
                pendingEvents.append(
                    .interval(try report(from: periodStart, to: now, clock: clock)))
                periodStart = now
            }
            tellPending(handle)
            if let listenerFailure { ending = ending ?? .listenerFailed("\(listenerFailure)") }
        }
        try object.setPhase(UPROF_PHASE_STOPPED)
        let end = MeasurementClock.now
        slowCalls.consume()
        tellPending(handle)
        var report = try report(from: periodStart, to: end, clock: clock)
        report.losses[.runningAtEnd] = try object.callsInFlight()
        report.losses[.missedByKernel] = object.missedRuns()
        report.losses[.ringFull] += slowCalls.lost
        let stacks = configuration.collectsStacks ? try stackProfile(&report) : nil
        return AttachResult(
            report: report, stacks: stacks, ending: ending ?? .duration, failure: listenerFailure)
    }

    /// Tells what has come up meanwhile: slow calls, then all else.
    private func tellPending(_ handle: (AttachEvent) throws -> Void) {
        noteRefusals()
        let events = slowCallEvents.map { .slowCall(slowCall($0)) } + pendingEvents
        slowCallEvents = []
        pendingEvents = []
        do {
            for event in events where listenerFailure == nil { try handle(event) }
        } catch {
            listenerFailure = error
        }
    }

    private func targetEnding() -> MeasurementEnding? {
        if let status = command?.pollStatus() { return .commandEnded(status) }
        guard command == nil, binary == nil else { return nil }
        for id in processes.keys where processes[id]?.hasEnded == false {
            if processes[id]?.isRunning == false { processes[id]?.hasEnded = true }
        }
        return processes.values.allSatisfy(\.hasEnded) ? .targetEnded : nil
    }
}
