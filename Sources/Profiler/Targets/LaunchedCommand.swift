internal import CLinux
internal import Glibc
package import Symbolizer

/// A command started by uprof, stopped until its probes are in place.
///
/// The program is traced from its exec to its first own instruction, so that probes can be put
/// into every library at the moment the program interpreter maps it, before initializers run.
/// After that it is an ordinary child. All calls must come from one thread (ptrace(2)).
package struct LaunchedCommand: ~Copyable {
    /// The process.
    package let process: ProcessID
    private var phase = Phase.starting

    private enum Phase: Equatable {
        case starting
        case running
        case ended(ExitStatus)
    }

    /// Starts a command and stops it before its first instruction.
    ///
    /// - Parameters:
    ///   - arguments: The program, looked up in PATH, and its arguments.
    ///   - signalMask: The signals the command is to find blocked.
    /// - Throws: `LaunchError` if the program cannot be executed or traced.
    package init(_ arguments: [String], signalMask: borrowing SignalMask) throws(LaunchError) {
        guard let name = arguments.first else { throw LaunchError(command: "", errno: ENOENT) }
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        let result = signalMask.withPointer { uprof_start(pointers, $0) }
        guard result > 0 else { throw LaunchError(command: name, errno: -result) }
        process = ProcessID(result)
    }

    deinit {
        // Not released: an error came first. The command has not run anything of its own.
        if phase == .starting { kill(process.rawValue, SIGKILL) }
    }

    /// Lets the command load its libraries and stops it before its own first instruction.
    ///
    /// - Parameters:
    ///   - entry: The address of that instruction.
    ///   - onMapping: Called each time a file has been mapped executable, with the command stopped.
    package mutating func load(
        entry: Address, onMapping: (ProcessID) throws -> Void
    ) rethrows {
        while true {
            var status: Int32 = 0
            switch uprof_start_continue(process.rawValue, entry.rawValue, &status) {
            case UPROF_START_MAPPED:
                try onMapping(process)
            case UPROF_START_ENDED:
                phase = .ended(ExitStatus(waitStatus: status))
                return
            default:
                return
            }
        }
    }

    /// Lets the command run.
    package mutating func release() {
        guard phase == .starting else { return }
        _ = uprof_start_release(process.rawValue)
        phase = .running
    }

    /// How the command ended, or nil while it runs.
    package mutating func pollStatus() -> ExitStatus? {
        wait(options: WNOHANG)
    }

    /// Waits for the command to end.
    @available(*, noasync, message: "blocks the calling thread")
    package mutating func waitForExit() -> ExitStatus {
        wait(options: 0) ?? ExitStatus(waitStatus: 0)
    }

    /// Sends the command a signal.
    package func send(signal: Int32) {
        if phase == .running { kill(process.rawValue, signal) }
    }

    private mutating func wait(options: Int32) -> ExitStatus? {
        if case .ended(let status) = phase { return status }
        var status: Int32 = 0
        var result: pid_t
        repeat {
            result = waitpid(process.rawValue, &status, options)
        } while result < 0 && errno == EINTR
        guard result == process.rawValue else { return nil }
        phase = .ended(ExitStatus(waitStatus: status))
        return ExitStatus(waitStatus: status)
    }
}
