internal import ArgumentParser
internal import Report

/// The ways of attaching probes that can be asked for.
enum AttachKind: String, ExpressibleByArgument, CaseIterable {
    /// One link for many functions, entry and return.
    case session
    /// One link for many uprobes.
    case multi
    /// A perf event for each uprobe.
    case pmu
    /// An event defined in tracefs for each uprobe.
    case tracefs

    /// The kind in reports.
    var kind: ProbeKind {
        switch self {
        case .session: .session
        case .multi: .multi
        case .pmu: .pmu
        case .tracefs: .tracefs
        }
    }
}
