/// The kernel's mechanism that measured a function, named as in JSON.
package enum ProbeKind: String, Sendable, CaseIterable {
    /// A uprobe session link: one program for entry and return (Linux 6.13).
    case session
    /// A link of many uprobes (Linux 6.6).
    case multi
    /// A perf event of the uprobe PMU per site (Linux 4.17).
    case pmu
    /// An event defined in tracefs.
    case tracefs
}
