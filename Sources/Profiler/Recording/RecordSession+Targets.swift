internal import Glibc
internal import Logging
internal import Symbolizer

/// From targets to what the kernel side knows of their code.
extension RecordSession {
    /// Looks at what was asked for.
    func lookAtTarget() throws {
        switch configuration.target {
        case .processes(let ids):
            for id in ids { try add(target: id) }
        case .all:
            for id in ProcessID.all() { add(id) }
            while !staleProcesses.isEmpty { refreshStale() }
        case .command(let arguments):
            try start(arguments)
        }
    }

    /// Looks at a process that was asked for.
    private func add(target id: ProcessID) throws {
        let snapshot = try ProcessSnapshot(of: id)
        processes[id] = RecordedProcess(
            snapshot: snapshot, watch: ProcessEnd(of: snapshot.process))
        try source.addTarget(id)
        try tellMappings(of: id)
    }

    /// Starts to record a process that has come up.
    func add(_ id: ProcessID) {
        guard id.rawValue != getpid() else { return }
        processes[id] = RecordedProcess()
        staleProcesses.append(id)
    }

    /// Looks at a process again, as its memory may have changed.
    func markStale(_ id: ProcessID) {
        guard let process = processes[id], !process.isStale, !process.hasEnded else { return }
        processes[id]?.isStale = true
        staleProcesses.append(id)
    }

    /// Looks at processes whose memory has changed: not at all of them at once, so that samples are
    /// taken in between where very many come up.
    func refreshStale() {
        let batch = staleProcesses.prefix(Self.refreshedAtOnce)
        staleProcesses.removeFirst(batch.count)
        for id in batch where processes[id]?.hasEnded == false {
            processes[id]?.isStale = false
            do {
                // A process that has just ended keeps its last snapshot, to name its stacks by.
                processes[id]?.snapshot = try ProcessSnapshot(of: id)
                try tellMappings(of: id)
            } catch let error as ProcessError {
                logger.debug("\(error)")
            } catch {
                pendingEvents.append(.note("\(error)"))
            }
        }
    }

    private static let refreshedAtOnce = 128

    /// Tells the kernel side the code of a process, and has tables made for new images.
    private func tellMappings(of id: ProcessID) throws {
        guard let snapshot = processes[id]?.snapshot else { return }
        processes[id]?.isStale = false
        var new: [(ImageNumber, ELFImage?)] = []
        let mappings = mapper.mappings(of: snapshot, images: &images) { new.append(($0, $1)) }
        for (number, image) in new {
            if let image {
                tables.request(image, for: number)
            } else {
                try source.setTable(.unusable, of: number, unused: [])
            }
        }
        let used = Set(
            mappings.compactMap { mapping in
                if case .image(let number, _) = mapping.content { number } else { nil }
            })
        processes[id]?.hasGeneratedCode = mappings.contains {
            if case .generated = $0.content { true } else { false }
        }
        images.changeUsers(of: used, by: 1)
        images.changeUsers(of: processes[id]?.images ?? [], by: -1)
        processes[id]?.images = used
        try source.setMappings(mappings, of: id)
    }

    /// Puts in the tables that are done.
    func takeTables() {
        for (number, outcome) in tables.takeDone() {
            do {
                try source.setTable(outcome, of: number, unused: images.unused)
            } catch {
                pendingEvents.append(.note("\(error)"))
            }
        }
    }

    /// Gives the tables of what runs already a while to get ready.
    ///
    /// - Returns: The end that a signal brings meanwhile.
    func awaitTables() -> MeasurementEnding? {
        // A command has not begun yet: it loses nothing.
        let patience = command == nil ? Self.patience : Self.patienceForCommand
        let deadline = MeasurementClock.now + patience
        while tables.unfinished > 0, MeasurementClock.now < deadline {
            if let ending = signals.ending(forwardingTo: command) { return ending }
            MeasurementWait.forEvents([tables.descriptor, signals.descriptor], until: deadline)
            takeTables()
        }
        return nil
    }

    private static let patience: UInt64 = 5_000_000_000
    private static let patienceForCommand: UInt64 = 60_000_000_000

    private func start(_ arguments: [String]) throws {
        var command = try LaunchedCommand(arguments, signalMask: signals)
        let id = command.process
        try add(target: id)
        if let entry = AuxiliaryVector.entry(of: id) {
            command.load(entry: entry) { _ in }
            markStale(id)
            refreshStale()
        }
        self.command = consume command
    }
}
