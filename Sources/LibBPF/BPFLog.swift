internal import CLibBPF
package import Logging
internal import Synchronization

/// Where libbpf's messages go: to a logger at debug level, and into the error of the operation
/// that was running.
package enum BPFLog {
    private struct State {
        var logger: Logger?
        var isCapturing = false
        var captured: [String] = []
    }

    private static let state = Mutex(State())

    /// Routes libbpf's messages to a logger from now on.
    package static func send(to logger: Logger) {
        state.withLock { $0.logger = logger }
        install()
    }

    /// Runs an operation that returns a negative errno where it fails, and turns that into an error
    /// which carries the messages printed meanwhile.
    ///
    /// - Throws: `BPFError` where the result is negative.
    @discardableResult
    static func check(
        _ operation: @autoclosure () -> String, _ body: () -> Int32
    ) throws(BPFError) -> Int32 {
        install()
        state.withLock {
            $0.isCapturing = true
            $0.captured = []
        }
        let result = body()
        let messages = state.withLock { state in
            state.isCapturing = false
            defer { state.captured = [] }
            return state.captured
        }
        guard result < 0 else { return result }
        throw BPFError(operation(), errno: -result, messages: messages)
    }

    private static func install() {
        let isVerbose = state.withLock { $0.logger.map { $0.logLevel <= .debug } ?? false }
        let level = isVerbose ? LIBBPF_DEBUG : LIBBPF_WARN
        uprof_set_log_sink(Int32(level.rawValue)) { level, message in
            guard let message else { return }
            BPFLog.receive(String(cString: message), isWarning: level <= LIBBPF_WARN.rawValue)
        }
    }

    private static func receive(_ message: String, isWarning: Bool) {
        var text = Substring(message)
        while text.last?.isNewline == true { text.removeLast() }
        state.withLock { state in
            state.logger?.debug("\(text)")
            if state.isCapturing, isWarning { state.captured.append(String(text)) }
        }
    }
}
