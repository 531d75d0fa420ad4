internal import Symbolizer

/// A process that is recorded: what is known of its memory.
struct RecordedProcess {
    /// Its memory when it was last looked at; nil if it never could be.
    var snapshot: ProcessSnapshot?
    /// The images it has mapped.
    var images: Set<ImageNumber> = []
    /// Whether its memory may have changed since.
    var isStale = true
    /// Whether it was asked for, and its end is of interest.
    var isTarget = false
    /// Whether it has ended.
    var hasEnded = false
}
