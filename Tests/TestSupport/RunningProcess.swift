internal import Foundation
internal import Glibc
internal import Synchronization

/// A process that a test started: its streams are pipes, and it does not outlive this object.
///
/// Threads of its own empty the pipes and wait for the end, so that neither a large output nor a
/// slow test stops the process.
package final class RunningProcess: Sendable {
    /// One of the streams a process writes to.
    package enum Stream: Sendable {
        case standardOutput
        case standardError
    }

    /// The pid, which is also that of the process group.
    package let processID: Int32
    private let command: [String]
    private let shared = Shared()

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: The program; no search through `PATH`.
    ///   - arguments: Its arguments, without its name.
    ///   - environment: What is added to or replaced in the environment of the tests.
    ///   - directory: The working directory, that of the tests if nil.
    /// - Throws: ``TestSupportError`` when it cannot be started.
    package init(
        _ path: String, _ arguments: [String] = [], environment: [String: String] = [:],
        directory: String? = nil
    ) throws {
        _ = Self.ignoresBrokenPipes
        command = [path] + arguments
        // Swift imports no way to set the directory of a child; env has one and becomes the child.
        let launched = directory.map { ["/usr/bin/env", "-C", $0] + [path] + arguments } ?? command
        let environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let shared = shared
        processID = try spawnLock.withLock { _ in
            var input = try Pipe()
            var output = try Pipe()
            var error = try Pipe()
            let processID = try spawn(
                launched[0], Array(launched.dropFirst()), environment: environment,
                standardStreams: [input.readEnd, output.writeEnd, error.writeEnd])
            shared.input.withLock { $0 = input.takeWriteEnd() }
            Self.collect(output.takeReadEnd(), .standardOutput, into: shared)
            Self.collect(error.takeReadEnd(), .standardError, into: shared)
            return processID
        }
        Self.awaitEnd(of: processID, into: shared)
    }

    deinit {
        signal(SIGKILL, toGroup: true)
        closeInput()
    }

    /// What the process has written so far.
    package var output: CommandResult.Output { shared.state.withLock { $0.output } }

    /// Whether the process has not ended yet.
    package var isRunning: Bool { shared.state.withLock { $0.termination == nil } }

    /// Sends a line to the standard input; what a process that has ended would not read is lost.
    package func sendLine(_ line: String = "") {
        send(Array((line + "\n").utf8))
    }

    /// Sends bytes to the standard input; blocks while the pipe is full.
    package func send(_ bytes: [UInt8]) {
        shared.input.withLock { descriptor in
            var rest = bytes[...]
            while descriptor >= 0, !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                guard count >= 0 || errno == EINTR else { return }
                rest = rest.dropFirst(max(count, 0))
            }
        }
    }

    /// Ends the standard input.
    package func closeInput() {
        shared.input.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    /// Sends a signal, unless the process has ended.
    package func signal(_ number: Int32, toGroup: Bool = false) {
        // The lock is held so that the pid cannot be reaped, and used again, in between.
        shared.state.withLock { state in
            if state.termination == nil { kill(toGroup ? -processID : processID, number) }
        }
    }

    /// Waits for a line that begins with the prefix, also an earlier one, and returns it whole.
    ///
    /// - Throws: ``TestSupportError`` when the process ends first or it takes too long.
    @discardableResult
    package func waitForLine(
        _ prefix: String, on stream: Stream = .standardOutput,
        within limit: Duration = .seconds(20)
    ) async throws -> String {
        try await waitForLine("a line “\(prefix)…”", on: stream, within: limit) {
            $0.hasPrefix(prefix)
        }
    }

    /// Waits for a line that satisfies the condition, also an earlier one, and returns it.
    ///
    /// - Throws: ``TestSupportError`` when the process ends first or it takes too long.
    @discardableResult
    package func waitForLine(
        _ event: String, on stream: Stream = .standardOutput,
        within limit: Duration = .seconds(20), where condition: (Substring) -> Bool
    ) async throws -> String {
        let deadline = ContinuousClock.now + limit
        while true {
            let state = shared.state.withLock { $0 }
            let text = state.text(of: stream)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let line = lines.first(where: condition) { return String(line) }
            if let termination = state.finished {
                throw TestSupportError.ended(waitingFor: event, result(state, termination))
            }
            guard ContinuousClock.now < deadline else {
                throw TestSupportError.timeout(waitingFor: event, state.output)
            }
            try await Task.sleep(for: Self.pollingInterval)
        }
    }

    /// Waits for the end of the process and of its output.
    ///
    /// A grandchild that keeps a pipe open is not waited for beyond a second. A process that takes
    /// too long is killed.
    ///
    /// - Throws: ``TestSupportError/timeout(waitingFor:_:)``.
    package func waitForExit(within limit: Duration = .seconds(30)) async throws -> CommandResult {
        let deadline = ContinuousClock.now + limit
        while true {
            // A copy only at the end: as long as there is one, each read copies all before it.
            let end = shared.state.withLock { $0.finished == nil ? nil : $0 }
            if let end, let termination = end.finished { return result(end, termination) }
            guard ContinuousClock.now < deadline else {
                signal(SIGKILL, toGroup: true)
                throw TestSupportError.timeout(
                    waitingFor: "the end of \(command.joined(separator: " "))", output)
            }
            try await Task.sleep(for: Self.pollingInterval)
        }
    }

    private static let pollingInterval = Duration.milliseconds(2)

    private func result(
        _ state: State, _ termination: CommandResult.Termination
    ) -> CommandResult {
        CommandResult(command: command, termination: termination, output: state.output)
    }
}

// MARK: - The threads behind it

extension RunningProcess {
    /// What the threads and the test share; it outlives the process object if a thread needs it.
    fileprivate final class Shared: Sendable {
        let state = Mutex(State())
        let input = Mutex<Int32>(-1)
    }

    fileprivate struct State: Sendable {
        var standardOutput: [UInt8] = []
        var standardError: [UInt8] = []
        var openStreams = 2
        var termination: CommandResult.Termination?
        var endTime: ContinuousClock.Instant?

        /// How it ended, once its output is complete too.
        var finished: CommandResult.Termination? {
            let isComplete = openStreams == 0 || endTime.map { .now - $0 > .seconds(1) } ?? false
            return isComplete ? termination : nil
        }

        var output: CommandResult.Output {
            .init(
                standardOutput: text(of: .standardOutput), standardError: text(of: .standardError))
        }

        func text(of stream: Stream) -> String {
            switch stream {
            case .standardOutput: String(decoding: standardOutput, as: UTF8.self)
            case .standardError: String(decoding: standardError, as: UTF8.self)
            }
        }
    }

    /// Makes a write to a process that has ended an error, once for all tests.
    private static let ignoresBrokenPipes: Void = {
        _ = Glibc.signal(SIGPIPE, SIG_IGN)
    }()

    private static func collect(_ descriptor: Int32, _ stream: Stream, into shared: Shared) {
        Thread.detachNewThread {
            var block = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(descriptor, &block, block.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { break }
                shared.state.withLock { state in
                    switch stream {
                    case .standardOutput: state.standardOutput += block[..<count]
                    case .standardError: state.standardError += block[..<count]
                    }
                }
            }
            close(descriptor)
            shared.state.withLock { $0.openStreams -= 1 }
        }
    }

    private static func awaitEnd(of processID: pid_t, into shared: Shared) {
        Thread.detachNewThread {
            // Seen first and reaped under the lock: until then the pid is this process's alone.
            var information = siginfo_t()
            while waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) != 0,
                errno == EINTR
            {}
            shared.state.withLock { state in
                var status: Int32 = 0
                waitpid(processID, &status, 0)
                let signal = status & 0x7f
                state.termination =
                    signal == 0 ? .exited((status >> 8) & 0xff) : .signaled(signal)
                state.endTime = .now
            }
        }
    }
}
