internal import LibBPF
internal import Report
internal import SystemPackage

/// Which objects are loaded and how they are attached: as asked for, or found by trying, never by
/// the kernel's version.
struct ProbeChoice {
    let family: ObjectFamily
    let kind: ProbeKind

    /// Chooses what fits a measurement.
    ///
    /// - Parameters:
    ///   - configuration: What is asked for.
    ///   - types: The kernel's types, where they are not its own.
    /// - Throws: `AttachError` if this kernel has no way, or what is asked for does not fit.
    init(_ configuration: AttachConfiguration, types: FilePath?) throws(AttachError) {
        let asked = configuration.probeKind
        // Cookies come through links and the PMU, never through tracefs.
        family = configuration.objectFamily ?? (asked == .tracefs ? .legacy : ObjectFamily.best)
        switch family {
        case .modern:
            guard asked != .tracefs else {
                throw .doesNotFit("probes by tracefs need --object-family legacy")
            }
            kind = asked ?? Self.bestModernKind(types: types)
        case .legacy:
            guard asked?.isTogether != true else {
                throw .doesNotFit("the legacy objects are attached by pmu or tracefs only")
            }
            kind = asked ?? (UprobeEvents.current != nil ? .pmu : .tracefs)
        }
        if kind == .tracefs, TracefsProbe.directory == nil { throw .noTracefs }
    }

    private static func bestModernKind(types: FilePath?) -> ProbeKind {
        // A session's program calls into the kernel by its own types.
        if types == nil, BPFFeatures.hasUprobeSession { return .session }
        return BPFFeatures.hasUprobeMulti ? .multi : .pmu
    }
}
