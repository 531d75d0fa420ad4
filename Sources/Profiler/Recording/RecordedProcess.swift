internal import Symbolizer

/// A process that is recorded: what is known of its memory.
struct RecordedProcess {
    /// Its memory when it was last looked at; nil if it never could be.
    var snapshot: ProcessSnapshot?
    /// The images it has mapped.
    var images: Set<ImageNumber> = []
    /// Whether its memory may have changed since.
    var isStale = true
    /// Tells its end, which is of interest of a process that was asked for; nil of others.
    var watch: ProcessEnd?
    /// Whether it has ended.
    var hasEnded = false
    /// How often samples were taken out of the kernel since it has ended.
    var readingsSinceEnd = 0
    /// Whether it has code that was generated at run time.
    var hasGeneratedCode = false

    /// Whether it was asked for.
    var isTarget: Bool { watch != nil }
}
