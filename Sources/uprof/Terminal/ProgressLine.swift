internal import Glibc

/// A line on stderr that is redrawn in place on a terminal, and left out elsewhere.
struct ProgressLine {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var isDrawn = false

    /// Shows a text in the place of the last one.
    mutating func show(_ text: String) {
        guard isTerminal else { return }
        StandardError.write("\r\u{1B}[K\(text)")
        isDrawn = true
    }

    /// Takes the line away.
    mutating func clear() {
        guard isDrawn else { return }
        StandardError.write("\r\u{1B}[K")
        isDrawn = false
    }
}
