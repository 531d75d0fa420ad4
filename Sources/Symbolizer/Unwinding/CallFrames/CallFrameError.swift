/// Call frame information that is damaged, or of a form that uprof does not know. What is lost by
/// it is counted, not explained: a linker writes none of that.
struct CallFrameError: Error, Equatable, Sendable {}
