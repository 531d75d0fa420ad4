internal import LibBPF
internal import Report
internal import Symbolizer
internal import SystemPackage

/// All places where functions of one file are probed, by the program that runs there.
struct ProbeSites {
    /// The programs with their sites, entries before returns.
    let byProgram: [(program: ProbeProgram, sites: [UprobeSite])]

    /// Lists the sites of some functions.
    init(of functions: [FunctionProbe], path: FilePath, process: Int32?, kind: ProbeKind) {
        func site(_ offset: UInt64, cookie: UInt64, atReturn: Bool = false) -> UprobeSite {
            UprobeSite(
                path: path, offset: offset, process: process, atReturn: atReturn, cookie: cookie)
        }
        var entries: [UprobeSite] = []
        var sessions: [UprobeSite] = []
        var returns: [UprobeSite] = []
        var exits: [UprobeSite] = []
        for function in functions {
            let entry = site(
                function.entry.rawValue, cookie: ProbeCookie.entry(of: function))
            switch function.returns {
            case .trampoline where kind == .session:
                sessions.append(entry)
            case .trampoline:
                entries.append(entry)
                let cookie = ProbeCookie.trampoline(of: function)
                returns.append(site(entry.offset, cookie: cookie, atReturn: true))
            case .exits(let probes):
                entries.append(entry)
                exits += probes.map { exit in
                    site(exit.offset.rawValue, cookie: ProbeCookie.exit(exit.kind, of: function))
                }
            }
        }
        byProgram = [
            (.functionEntry, entries), (.functionSession, sessions), (.functionReturn, returns),
            (.functionExitSite, exits),
        ].filter { !$0.1.isEmpty }
    }
}
