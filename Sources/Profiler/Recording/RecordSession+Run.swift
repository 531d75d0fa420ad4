internal import Glibc
internal import LibBPF
internal import Report
internal import Symbolizer

/// Recording, until the time is over, the target ends or a signal comes.
extension RecordSession {
    /// Records and tells what happens.
    ///
    /// - Parameter handle: Called for each event; what it throws ends the recording, but does not
    ///   cost what has been recorded.
    /// - Returns: The profile, and why it ended.
    /// - Throws: `BPFError` if the kernel side cannot be read.
    package func run(_ handle: (RecordEvent) throws -> Void) throws -> RecordResult {
        var ending = awaitTables()
        let meter = CostMeter()
        try source.start()
        command?.release()
        let recorded = processes.values.count { $0.snapshot != nil && !$0.hasEnded }
        pendingEvents.append(.started(processes: recorded))
        if let limitation = source.limitation { pendingEvents.append(.note(limitation)) }
        tellPending(handle)
        let schedule = Schedule(
            duration: configuration.durationNanoseconds, interval: nil,
            from: MeasurementClock.now)
        var reading = MeasurementClock.now + Self.readInterval
        while ending == nil {
            MeasurementWait.forEvents(
                [
                    signals.descriptor, tables.descriptor, taskEvents?.descriptor ?? -1,
                    source.descriptor,
                ],
                until: min(schedule.next(after: MeasurementClock.now), reading))
            source.consume()
            followProcesses()
            takeTables()
            ending = signals.ending(forwardingTo: command) ?? targetEnding() ?? schedule.ending
            if MeasurementClock.now >= reading {
                try source.take(into: &totals)
                pendingEvents.append(.progress(progress))
                reading = MeasurementClock.now + Self.readInterval
            }
            tellPending(handle)
            if let listenerFailure { ending = ending ?? .listenerFailed("\(listenerFailure)") }
        }
        try source.stop()
        try takeRest()
        let cost = meter.cost(of: source)
        tellPending(handle)
        return RecordResult(
            profile: profile(duration: cost.durationNanoseconds), progress: progress, cost: cost,
            stackCount: totals.stacks.count, ending: ending ?? .duration, failure: listenerFailure)
    }

    /// How often samples are taken out of the kernel, in nanoseconds.
    private static let readInterval: UInt64 = 500_000_000

    private var progress: RecordProgress { RecordProgress(totals, lost: source.lostSamples) }

    /// Takes what is left in both of the kernel's tables, once nothing adds to them any more.
    private func takeRest() throws {
        usleep(2000)
        try source.take(into: &totals)
        try source.take(into: &totals)
    }

    private func tellPending(_ handle: (RecordEvent) throws -> Void) {
        let events = pendingEvents
        pendingEvents = []
        do {
            for event in events where listenerFailure == nil { try handle(event) }
        } catch {
            listenerFailure = error
        }
    }
}
