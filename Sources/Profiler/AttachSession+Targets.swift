internal import Glibc
internal import LibBPF
internal import Logging
internal import Symbolizer
internal import SystemPackage

/// From targets to attached probes.
extension AttachSession {
    /// Attaches to what was asked for.
    func attachToTarget() throws {
        switch configuration.target {
        case .processes(let ids):
            for id in ids { try attach(toProcess: id) }
            try checkMatches(in: place(of: ids), modulePaths: modulePaths)
        case .binary(let path):
            try attach(toBinary: path)
        case .command(let arguments):
            try start(arguments)
        }
        noteRefusals()
        try checkAttached()
    }

    /// Looks at a process for the first time and probes it.
    func attach(toProcess id: ProcessID) throws {
        guard processes[id] == nil else { return }
        let snapshot = try ProcessSnapshot(of: id)
        processes[id] = TargetProcess(snapshot: snapshot, anchor: id)
        try attachProbes(to: id)
    }

    /// Looks at a process again, and probes what is new in it.
    func refresh(_ id: ProcessID) throws {
        guard var process = processes[id] else { return }
        process.isStale = false
        // A process that has just ended keeps its last snapshot, to name its stacks by.
        if let snapshot = try? ProcessSnapshot(of: id) { process.snapshot = snapshot }
        processes[id] = process
        try attachProbes(to: id)
    }

    /// Puts all meant functions of a process's modules under probes that are not yet.
    private func attachProbes(to id: ProcessID) throws {
        guard let process = processes[id] else { return }
        try unwinding?.tellMappings(of: process.snapshot, object: object)
        for image in process.snapshot.images where isProbed(image) {
            try attachProbes(
                in: ProbePlanner.Module(
                    file: image.file, path: image.path, openPath: process.path(of: image)),
                to: process)
        }
        for module in librariesByPath(of: process) { try attachProbes(in: module, to: process) }
    }

    private func attachProbes(in module: ProbePlanner.Module, to process: TargetProcess) throws {
        guard let path = module.openPath else { return }
        let before = process.probes.functions.count
        do {
            let batch = AttachedProbes.Batch(
                functions: try planner.probes(in: module), path: path, thread: process.anchor)
            try attach(batch, to: process.probes)
            let new = process.probes.functions.count - before
            if hasStarted, new > 0 {
                let what = new == 1 ? "1 more function" : "\(new) more functions"
                let whose = "\(module.name) of process \(process.snapshot.process.id)"
                pendingEvents.append(.note("measuring \(what) in \(whose)"))
            }
        } catch let error as ELFError {
            pendingEvents.append(.note("\(error)"))
        }
    }

    /// The libraries that patterns name by their paths: probed whether they are loaded or not, so
    /// that not even their initializers are missed.
    private func librariesByPath(of process: TargetProcess) -> [ProbePlanner.Module] {
        configuration.patterns.compactMap { pattern in
            guard let library = pattern.library, library.hasPrefix("/"),
                !process.snapshot.images.contains(where: { $0.path == library })
            else { return nil }
            let path = FilePath("/proc/\(process.anchor)/root\(library)")
            return FileIdentity(path: path).map {
                ProbePlanner.Module(file: $0, path: library, openPath: path)
            }
        }
    }

    /// With `--binary`, unqualified patterns mean that file, which is probed once for everybody.
    private func isProbed(_ image: MappedImage) -> Bool {
        guard binary != nil else { return true }
        return image.file != binary
            && configuration.patterns.contains {
                $0.library != nil && $0.includes(modulePath: image.path)
            }
    }

    private func attach(_ batch: AttachedProbes.Batch, to probes: AttachedProbes) throws {
        let failures = probes.attach(batch, object: object)
        for (function, error) in failures { try note(error, of: function) }
        let failed = Set(failures.map(\.function.id))
        for function in batch.functions where !failed.contains(function.id) {
            try object.setLive(function)
        }
    }

    /// Takes note of a function that the kernel does not let be probed.
    ///
    /// - Throws: The error, if it says nothing about the function.
    private func note(_ error: BPFError, of function: FunctionProbe) throws {
        switch error.errno {
        case .noSuchFileOrDirectory where clock != nil, .noSuchProcess where clock != nil:
            logger.debug("\(error); the process has ended meanwhile")
        case .invalidArgument, .notSupported, Errno(rawValue: Self.kernelNotSupported):
            // The kernel has its own idea of what it can step over; the others go on.
            failedProbes[function.id] = ProbeRefusal(
                function: function.name, module: function.module,
                reason: "the kernel does not accept a probe on one of its instructions "
                    + "(\(error.errno))")
        default:
            throw error
        }
    }

    /// ENOTSUPP of include/linux/errno.h, which user space should never see, and does.
    private static let kernelNotSupported: Int32 = 524

    private func attach(toBinary path: FilePath) throws {
        let image = try ELFImage(path: path)
        guard let file = FileIdentity(path: path) else {
            throw ELFError(file: path.string, reason: .unreadable(.noSuchFileOrDirectory))
        }
        binary = file
        let module = ProbePlanner.Module(
            file: file, path: path.string, openPath: path)
        let batch = AttachedProbes.Batch(
            functions: try planner.probes(in: module), path: path, thread: nil)
        try attach(batch, to: sharedProbes)
        for id in ProcessID.all() where isTarget(id) {
            do {
                try attach(toProcess: id)
            } catch let error as ProcessError {
                logger.debug("\(error)")
            }
        }
        try checkMatches(
            in: image.name,
            modulePaths: [path.string] + modulePaths)
    }

    /// Whether a process maps the file of `--binary`.
    func isTarget(_ id: ProcessID) -> Bool {
        guard let binary, let mappings = try? ProcessMappings(of: id) else { return false }
        return mappings.contains { $0.file == binary && $0.permissions.contains(.execute) }
    }

    private func start(_ arguments: [String]) throws {
        var command = try LaunchedCommand(arguments, signalMask: signals)
        let id = command.process
        try attach(toProcess: id)
        if let entry = AuxiliaryVector.entry(of: id) {
            // Libraries run their initializers before the program's entry.
            _ = try startRecording()
            try command.load(entry: entry) { id in try refresh(id) }
        }
        try checkMatches(in: arguments[0], modulePaths: modulePaths)
        self.command = consume command
    }

    private func checkMatches(in place: String, modulePaths: [String]) throws(AttachError) {
        for failure in try planner.checkMatches(in: place, modulePaths: modulePaths) {
            pendingEvents.append(.note("\(failure); watching for libraries that are loaded later"))
        }
    }

    private func checkAttached() throws(AttachError) {
        let attached = planner.probes.count - failedProbes.count
        guard attached == 0 else {
            for refusal in failedProbes.values.sorted(by: { $0.function < $1.function }) {
                pendingEvents.append(.refused(refusal))
            }
            return
        }
        throw .nothingToProbe(Array(failedProbes.values))
    }

    /// The modules of all processes, each once.
    private var modulePaths: [String] {
        var seen: Set<String> = []
        return processes.values.flatMap { $0.snapshot.images.map(\.path) }
            .filter { seen.insert($0).inserted }
    }

    private func place(of ids: [ProcessID]) -> String {
        ids.count == 1
            ? "process \(ids[0]) (\(processes[ids[0]]?.snapshot.process.name ?? ""))"
            : "processes " + ids.map(\.description).joined(separator: ", ")
    }
}
