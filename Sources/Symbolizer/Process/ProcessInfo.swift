/// What the kernel tells about a process that can be profiled.
package struct ProcessInfo: Hashable, Sendable {
    /// Its ID, as this process sees it.
    package let id: ProcessID
    /// Its short name, at most 15 bytes (`comm`).
    package let name: String
    /// The path of its program, as the process sees it; " (deleted)" is taken off.
    package let executable: String
    /// Whether the file of its program is deleted or replaced.
    package let isExecutableDeleted: Bool
    /// When it started, in clock ticks since the system did: with the ID, its identity, as IDs
    /// are used again.
    package let startTime: UInt64
    /// Its ID in its own namespace; programs in a container know themselves by it.
    package let namespaceID: ProcessID

    /// Looks at a process.
    ///
    /// - Throws: `ProcessError` if it does not exist, has no program to profile, or may not be
    ///   examined.
    package init(of process: ProcessID) throws(ProcessError) {
        let files = ProcessFiles(process: process)
        let stat = ProcessStat(parsing: try files.text("stat"))
        let status = ProcessStatus(parsing: try files.text("status"))
        if let owner = status.threadGroup, owner != process {
            throw ProcessError(process: process, reason: .thread(of: owner))
        }
        if stat?.isEnded == true { throw ProcessError(process: process, reason: .zombie) }
        if stat?.isKernelThread == true {
            throw ProcessError(process: process, reason: .kernelThread)
        }
        let link = try files.link("exe")
        let suffix = " (deleted)"
        id = process
        name = stat?.name ?? ""
        isExecutableDeleted = link.hasSuffix(suffix)
        executable = isExecutableDeleted ? String(link.dropLast(suffix.count)) : link
        startTime = stat?.startTime ?? 0
        namespaceID = status.namespaceIDs.last ?? process
        // All else is told where the image is needed.
        if ELFImage.is32Bit(at: files.path("exe")) {
            throw ProcessError(process: process, reason: .is32Bit)
        }
    }

    /// The threads the process has now, the one that started it first.
    package var threads: [ProcessID] { id.threads }

    /// Whether the process still runs: exists, and is not another one with the same ID.
    package var isRunning: Bool {
        guard let text = try? ProcessFiles(process: id).text("stat"),
            let stat = ProcessStat(parsing: text)
        else { return false }
        return stat.startTime == startTime && !stat.isEnded
    }
}
