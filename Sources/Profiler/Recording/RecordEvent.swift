/// What a recording tells while it runs.
package enum RecordEvent {
    /// Samples are taken from now on.
    case started(processes: Int)
    /// How far it is.
    case progress(RecordProgress)
    /// Something worth knowing, as a sentence without a full stop.
    case note(String)
}
