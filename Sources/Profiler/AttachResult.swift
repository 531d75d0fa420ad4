package import Report

/// What a measurement has found by its end.
package struct AttachResult {
    /// The last interval, or the whole where there are none.
    package var report: LatencyReport
    /// All stacks with their calls and nanoseconds, where they were asked for.
    package var stacks: StackProfile?
    /// Why it ended.
    package var ending: MeasurementEnding
    /// What the listener threw, if that ended it.
    package var failure: (any Error)?
}
