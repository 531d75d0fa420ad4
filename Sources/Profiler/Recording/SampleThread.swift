internal import Symbolizer

/// Whose samples they are: those of threads of one name are not told apart.
struct SampleThread: Hashable {
    /// The process.
    var process: ProcessID
    /// The thread's name; empty if it is not known.
    var command: String
}
