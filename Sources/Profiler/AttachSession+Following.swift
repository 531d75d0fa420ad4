internal import LibBPF
internal import Logging
internal import Report
internal import Symbolizer

/// Keeping up with targets that load libraries, start, exec and end.
extension AttachSession {
    /// Listens to the kernel, where that is permitted.
    func startFollowing() {
        do {
            taskEvents = try TaskEventReader { [unowned self] event in note(event) }
        } catch {
            logger.debug("\(error); looking for new libraries from time to time instead")
        }
    }

    /// Takes in what the kernel has told; without it, every process may have changed.
    func consumeTaskEvents() {
        taskEvents?.consume()
        if taskEvents == nil { markAllStale() }
    }

    /// Looks at all processes anew.
    private func markAllStale() {
        for id in processes.keys where processes[id]?.hasEnded == false {
            processes[id]?.isStale = true
        }
    }

    /// Probes what is new in processes whose memory has changed. What fails is told; what has been
    /// measured so far is worth more than an end with an error.
    func refreshStale() {
        for id in newProcesses {
            do {
                try attach(toProcess: id)
            } catch let error as ProcessError {
                logger.debug("\(error)")
            } catch {
                pendingEvents.append(.note("\(error)"))
            }
        }
        newProcesses = []
        for id in processes.keys where processes[id]?.isStale == true {
            do {
                try refresh(id)
            } catch {
                pendingEvents.append(.note("\(error)"))
            }
        }
    }

    private func note(_ event: TaskEvent) {
        switch event {
        case .mapped(let mapping):
            let id = ProcessID(mapping.process)
            if processes[id] != nil {
                processes[id]?.isStale = true
            } else if let binary, mapping.inode == binary.inode, isTarget(id) {
                newProcesses.append(id)
            }
        case .executed(let process):
            processes[ProcessID(process)]?.isStale = true
        case .exited(let process, let thread):
            noteExit(of: ProcessID(thread), in: ProcessID(process))
        case .forked:
            break
        case .lost:
            // Whatever it was, a look at everything makes up for it.
            markAllStale()
        }
    }

    /// A perf event finds the probed address space through one thread. Once that has ended, the probes
    /// no longer hold for the others, and go over to one of those. Links of many uprobes know the
    /// process by its thread group.
    private func noteExit(of thread: ProcessID, in id: ProcessID) {
        guard !object.kind.isTogether else { return }
        guard var process = processes[id], process.anchor == thread,
            let next = process.snapshot.process.threads.first(where: { $0 != thread })
        else { return }
        process.anchor = next
        process.probes = AttachedProbes()
        process.isStale = true
        processes[id] = process
        pendingEvents.append(
            .note(
                "the first thread of process \(id) has ended; its probes were moved to another "
                    + "thread, and calls in between were not seen"))
    }
}
