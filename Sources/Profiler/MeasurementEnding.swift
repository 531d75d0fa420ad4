/// Why a measurement ended.
package enum MeasurementEnding: Equatable, Sendable {
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
