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
            from: MeasurementClock.now, tick: hearsOfAllEnds ? nil : Schedule.tick)
        var pace = ReadingPace(from: MeasurementClock.now)
        var following: UInt64 = 0
        while ending == nil {
            waitForEvents(
                following: following,
                until: min(schedule.next(after: MeasurementClock.now), pace.next))
            source.consume()
            if MeasurementClock.now >= following, followProcesses() {
                following = MeasurementClock.now + Self.followInterval
            }
            takeTables()
            ending = signals.ending(forwardingTo: command) ?? targetEnding() ?? schedule.ending
            if MeasurementClock.now >= pace.next {
                try read()
                pace.noteReading(at: MeasurementClock.now, limit: longestWait)
            }
            tellPending(handle)
            if let listenerFailure { ending = ending ?? .listenerFailed("\(listenerFailure)") }
        }
        try source.stop()
        try takeRest()
        readGeneratedNames()
        let cost = meter.cost(of: source)
        tellPending(handle)
        return RecordResult(
            profile: profile(duration: cost.durationNanoseconds), progress: progress, cost: cost,
            stackCount: totals.stackCount, ending: ending ?? .duration, failure: listenerFailure)
    }

    /// How long samples may wait where they are, in nanoseconds: not at all where somebody looks at
    /// their number, or where a JIT compiler's names come and go.
    private var longestWait: UInt64 {
        let hasGeneratedCode = processes.values.contains { $0.hasGeneratedCode && !$0.hasEnded }
        return configuration.showsProgress || hasGeneratedCode ? 0 : source.longestWait
    }

    /// How often processes are looked at at most, in nanoseconds: on a busy machine there is always
    /// one that maps something, if not one of those recorded.
    private static let followInterval: UInt64 = 5_000_000

    /// Waits until something happens.
    ///
    /// - Parameters:
    ///   - following: Before this time, news of processes are left alone.
    ///   - deadline: When to return at the latest.
    private func waitForEvents(following: UInt64, until deadline: UInt64) {
        var deadline = deadline
        var descriptors = [signals.descriptor, tables.descriptor, source.descriptor]
        descriptors += targetDescriptors
        if MeasurementClock.now < following || !staleProcesses.isEmpty {
            deadline = min(deadline, following)
        } else {
            descriptors.append(taskEvents?.descriptor ?? -1)
        }
        MeasurementWait.forEvents(descriptors, until: deadline)
    }

    /// Takes samples out of the kernel, and what has to be known of their processes.
    private func read() throws {
        try source.take(into: &totals)
        nameNewFrames()
        readGeneratedNames()
        dropEnded()
        pendingEvents.append(.progress(progress))
    }

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
