internal import Glibc
internal import LibBPF
internal import Logging
internal import Symbolizer

/// Keeping up with processes that load libraries, start, exec and end.
extension RecordSession {
    /// Listens to the kernel, where that is permitted.
    func startFollowing() {
        guard !source.followsProcesses else { return }
        do {
            taskEvents = try TaskEventReader { [unowned self] event in note(event) }
        } catch {
            logger.debug("\(error); looking at processes from time to time instead")
        }
    }

    /// Takes in what the kernel has told; without it, every process may have changed.
    ///
    /// - Returns: Whether there was something, so that more is likely to follow.
    func followProcesses() -> Bool {
        let before = followedEvents
        taskEvents?.consume()
        for event in source.takeTaskEvents() { note(event) }
        if taskEvents == nil, !source.followsProcesses, MeasurementClock.now >= nextLook {
            markAllStale()
            nextLook = MeasurementClock.now + Self.lookInterval
        }
        refreshStale()
        for id in endedProcesses { end(id) }
        endedProcesses = []
        return followedEvents != before || !staleProcesses.isEmpty
    }

    /// How often everything is looked at where nobody tells what has changed, in nanoseconds.
    private static let lookInterval: UInt64 = 500_000_000

    private func markAllStale() {
        for id in processes.keys { markStale(id) }
        guard case .all = configuration.target else { return }
        for id in ProcessID.all() where processes[id]?.hasEnded != false { add(id) }
    }

    private func note(_ event: TaskEvent) {
        followedEvents += 1
        switch event {
        case .mapped(let mapping): noteChange(of: ProcessID(mapping.process))
        case .executed(let process): noteChange(of: ProcessID(process))
        case .exited(let process, let thread) where process == thread:
            endedProcesses.append(ProcessID(process))
        case .exited: break
        case .forked(let process, let thread, let parent):
            guard process == thread, isRecorded(childOf: ProcessID(parent)) else { return }
            add(ProcessID(process))
        case .lost:
            // Whatever it was, a look at everything makes up for it.
            markAllStale()
        }
    }

    private func noteChange(of id: ProcessID) {
        if processes[id]?.hasEnded == false {
            markStale(id)
        } else if case .all = configuration.target {
            add(id)
        }
    }

    /// Whether the children of a process are recorded; the parent is given by its thread.
    private func isRecorded(childOf parent: ProcessID) -> Bool {
        if case .all = configuration.target { return true }
        return processes[parent] != nil
    }

    private func end(_ id: ProcessID) {
        // Other threads can outlive the first one.
        guard let process = processes[id], !process.hasEnded,
            process.snapshot?.process.threads.contains(where: { $0 != id }) != true
        else { return }
        processes[id]?.hasEnded = true
        images.changeUsers(of: process.images, by: -1)
        processes[id]?.images = []
        source.forget(id)
    }

    /// Forgets processes that have ended and are not needed to name frames: those are named by images.
    ///
    /// The kernel side's tables take turns, so that after two readings nothing of them is left there.
    func dropEnded() {
        for (id, process) in processes
        where process.hasEnded && !process.isTarget && !totals.processesWithOwnCode.contains(id) {
            processes[id]?.readingsSinceEnd += 1
            if process.readingsSinceEnd >= 2 { processes[id] = nil }
        }
    }

    /// Reads what JIT compilers tell of their code, which names it after its process has ended.
    func readGeneratedNames() {
        for (id, process) in processes where process.hasGeneratedCode && !process.hasEnded {
            guard totals.processesWithOwnCode.contains(id), let snapshot = process.snapshot else {
                continue
            }
            symbolizer.load(snapshot)
        }
    }

    /// Readable when a target has ended.
    var targetDescriptors: [Int32] {
        guard case .processes(let ids) = configuration.target else { return [] }
        return ids.compactMap { processes[$0]?.watch?.descriptor }
    }

    /// Whether all that is waited for makes a descriptor readable.
    var hearsOfAllEnds: Bool {
        (taskEvents != nil || source.followsProcesses)
            && targetDescriptors.allSatisfy { $0 >= 0 }
    }

    /// The end that the targets bring, if all have ended.
    func targetEnding() -> MeasurementEnding? {
        if let status = command?.pollStatus() { return .commandEnded(status) }
        guard case .processes(let ids) = configuration.target else { return nil }
        for id in ids where processes[id]?.hasEnded == false {
            if processes[id]?.watch?.check() == true { processes[id]?.hasEnded = true }
        }
        return ids.allSatisfy { processes[$0]?.hasEnded != false } ? .targetEnded : nil
    }
}
