internal import LibBPF
internal import Symbolizer
internal import SystemPackage

/// The probes attached for one process, or for all processes that map a file.
///
/// A class, so that processes can be kept in a dictionary; detaches when released.
final class AttachedProbes {
    private var links = BPFLinks()
    private(set) var functions: Set<Int> = []

    /// How many places are probed.
    var count: Int { links.count }

    /// Puts the probes of a function in place: its entry first, so that no return comes without.
    ///
    /// - Parameters:
    ///   - probe: The function.
    ///   - path: The file as this process can open it.
    ///   - thread: The thread whose address space is probed; all that map the file where nil.
    ///   - object: The programs.
    /// - Throws: `BPFError` if the kernel refuses one of them.
    func attach(
        _ probe: FunctionProbe, path: FilePath, thread: ProcessID?, object: borrowing BPFObject
    ) throws(BPFError) {
        guard functions.insert(probe.id).inserted else { return }
        var site = BPFLinks.Site(
            path: path, offset: probe.entry.rawValue, process: thread?.rawValue, atReturn: false,
            cookie: ProbeCookie.entry(of: probe))
        try links.attach(ProbeProgram.functionEntry.rawValue, of: object, to: site)
        switch probe.returns {
        case .trampoline:
            site.atReturn = true
            site.cookie = ProbeCookie.trampoline(of: probe)
            try links.attach(ProbeProgram.functionReturn.rawValue, of: object, to: site)
        case .exits(let exits):
            for exit in exits {
                site.offset = exit.offset.rawValue
                site.cookie = ProbeCookie.exit(exit.kind, of: probe)
                try links.attach(ProbeProgram.functionExitSite.rawValue, of: object, to: site)
            }
        }
    }
}
