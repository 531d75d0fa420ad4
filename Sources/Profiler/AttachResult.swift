package import Report

/// What a measurement has found by its end.
package struct AttachResult {
    /// The last interval, or the whole where there are none.
    package var report: LatencyReport
    /// All stacks with their calls and nanoseconds, where they were asked for.
    package var stacks: StackProfile?
    /// Why it ended.
    package var ending: Ending
    /// What the listener threw, if that ended it.
    package var failure: (any Error)?

    /// Why a measurement ended.
    package enum Ending: Equatable, Sendable {
        /// The time asked for is over.
        case duration
        /// No target process is left.
        case targetEnded
        /// The command ended.
        case commandEnded(ExitStatus)
        /// Events could not be told any more, in the listener's words.
        case listenerFailed(String)
        /// SIGINT or SIGTERM came.
        case signal(Int32)
    }
}
