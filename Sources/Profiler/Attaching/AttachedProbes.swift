internal import LibBPF
internal import Report
internal import Symbolizer
internal import SystemPackage

/// The probes attached for one process, or for all processes that map a file.
///
/// A class, so that processes can be kept in a dictionary; detaches when released.
final class AttachedProbes {
    private var links = BPFLinks()
    private(set) var functions: Set<Int> = []

    /// How many links the kernel has to undo.
    var count: Int { links.count }

    /// Functions of one file to be probed.
    struct Batch {
        let functions: [FunctionProbe]
        /// The file as this process can open it.
        let path: FilePath
        /// The thread whose address space is probed; all that map the file where nil.
        let thread: ProcessID?
    }

    /// Puts the probes of functions in place: entries first, so that no return comes without.
    ///
    /// - Returns: Why each function that is not probed is not.
    func attach(
        _ batch: Batch, object: borrowing ProbeObject
    ) -> [(function: FunctionProbe, error: BPFError)] {
        let new = batch.functions.filter { functions.insert($0.id).inserted }
        if object.kind.isTogether, new.count > 1, attachTogether(new, batch, object: object) {
            return []
        }
        // One by one, to see which ones the kernel refuses.
        var failures: [(function: FunctionProbe, error: BPFError)] = []
        for function in new {
            do {
                try attach([function], batch, object: object)
            } catch {
                failures.append((function, error))
            }
        }
        return failures
    }

    private func attachTogether(
        _ functions: [FunctionProbe], _ batch: Batch, object: borrowing ProbeObject
    ) -> Bool {
        (try? attach(functions, batch, object: object)) != nil
    }

    /// Attaches all probes of some functions, or none.
    private func attach(
        _ functions: [FunctionProbe], _ batch: Batch, object: borrowing ProbeObject
    ) throws(BPFError) {
        var new = BPFLinks()
        let sites = ProbeSites(
            of: functions, path: batch.path, process: batch.thread?.rawValue,
            kind: object.kind)
        for (program, sites) in sites.byProgram {
            if object.family == .legacy {
                for site in sites {
                    try object.copies.attach(
                        program, of: object.object, to: site, byTracefs: object.kind == .tracefs,
                        links: &new)
                }
            } else if !object.kind.isTogether {
                for site in sites {
                    try new.attach(program.rawValue, of: object.object, to: site)
                }
            } else {
                try new.attachMulti(
                    program.rawValue, of: object.object, to: sites,
                    isSession: program == .functionSession)
            }
        }
        links.append(new)
    }
}

extension ProbeKind {
    /// Whether one link holds many probes.
    var isTogether: Bool {
        switch self {
        case .session, .multi: true
        case .pmu, .tracefs: false
        }
    }
}
