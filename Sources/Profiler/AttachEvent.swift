package import Report

/// What a measurement tells while it runs.
package enum AttachEvent {
    /// Probes are in place and calls are recorded from now on.
    case started(functions: Int, processes: Int)
    /// A meant function is not probed.
    case refused(ProbeRefusal)
    /// Something worth knowing, as a sentence without a full stop.
    case note(String)
    /// An interval is over.
    case interval(LatencyReport)
    /// A call took long.
    case slowCall(SlowCall)
}
