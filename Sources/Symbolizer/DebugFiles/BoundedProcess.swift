internal import Glibc
internal import SystemPackage

/// Runs a program for what it prints, and no longer than it may take.
enum BoundedProcess {
    /// How it ended.
    enum Outcome {
        /// By itself, with a status and what it printed.
        case exited(Int32, output: [UInt8])
        /// By us.
        case timedOut
    }

    /// The most a program may print: paths are short.
    private static let longestOutput = 64 << 10

    /// Runs a program, looked for in `PATH`, with nothing on its standard input; what it says on
    /// its standard error is dropped.
    ///
    /// - Throws: `Errno` if it cannot be started.
    static func run(
        _ program: String, _ arguments: [String], within limit: Duration
    ) throws(Errno) -> Outcome {
        let deadline = ContinuousClock.now + limit
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Errno(rawValue: errno) }
        // Swift imports no pipe2(2); what starts another program meanwhile is not this module.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        let started = Result { () throws(Errno) in
            try spawn(program, arguments, output: ends[1])
        }
        close(ends[1])
        let process = try started.get()
        let output = read(ends[0], until: deadline)
        guard let output, let status = waitForEnd(of: process, until: deadline) else {
            kill(process, SIGKILL)
            _ = waitForEnd(of: process, until: nil)
            return .timedOut
        }
        return .exited(status, output: output)
    }

    private static func spawn(
        _ program: String, _ arguments: [String], output: Int32
    ) throws(Errno) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, program, &actions, nil, &words, environ)
        guard code == 0 else { throw Errno(rawValue: code) }
        return process
    }

    /// What comes out of a pipe until its end, nil if that does not come in time.
    private static func read(
        _ descriptor: Int32, until deadline: ContinuousClock.Instant
    ) -> [UInt8]? {
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while output.count <= longestOutput {
            let left = deadline - .now
            guard left > .zero else { return nil }
            let milliseconds = left.components.seconds * 1000 + 1
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, Int32(clamping: milliseconds)) > 0 else { continue }
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return output }
            if count > 0 { output += chunk[..<count] }
        }
        return nil
    }

    /// The status of a process, nil if it does not end in time; 128 and more for signals.
    private static func waitForEnd(
        of process: pid_t, until deadline: ContinuousClock.Instant?
    ) -> Int32? {
        var status: Int32 = 0
        while true {
            let result = waitpid(process, &status, deadline == nil ? 0 : WNOHANG)
            if result == process { break }
            if result < 0, errno != EINTR { return nil }
            if let deadline, .now > deadline { return nil }
            if result == 0 { usleep(1000) }
        }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}
