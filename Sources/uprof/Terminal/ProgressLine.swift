internal import Glibc
internal import Synchronization

/// A line on stderr that says how far some work has got: redrawn on a terminal, else a line now and
/// then.
final class ProgressLine: Sendable {
    private let isQuiet: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let last = Mutex(ContinuousClock.now)

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
    }

    /// Whether the line follows what it tells of, as somebody may be looking.
    var isLive: Bool { isTerminal && !isQuiet }

    /// Shows a text, unless one was shown just before.
    func show(_ text: String) {
        guard !isQuiet else { return }
        let interval: Duration = isTerminal ? .milliseconds(100) : .seconds(5)
        let isDue = last.withLock { last in
            guard last.duration(to: .now) > interval else { return false }
            last = .now
            return true
        }
        guard isDue else { return }
        StandardError.write(isTerminal ? "\r\u{1B}[Kuprof: \(text)" : "uprof: \(text)\n")
    }

    /// Takes the text off a terminal.
    func clear() {
        if isLive { StandardError.write("\r\u{1B}[K") }
    }
}
