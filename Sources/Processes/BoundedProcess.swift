internal import Glibc
package import SystemPackage

/// Runs a program for what it prints, and no longer than it may take.
package struct BoundedProcess: Sendable {
    /// How a program ended.
    package enum Outcome: Sendable {
        /// By itself, with a status (128 and more for signals) and what it printed.
        case exited(Int32, output: [UInt8])
        /// By us.
        case timedOut
    }

    /// The program: a path, or a name that is looked for in `PATH`.
    package var program: String
    /// Its arguments, without its name.
    package var arguments: [String]
    /// What is added to or replaced in the environment.
    package var environment: [String: String] = [:]
    /// Whether what it says on its standard error is part of the output, or dropped.
    package var capturesErrors = false
    /// How much it may print, in bytes; what prints more is ended as if it took too long.
    package var outputLimit = 64 << 10

    /// Names a program and its arguments.
    package init(_ program: String, _ arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }

    /// Runs the program, with nothing on its standard input.
    ///
    /// - Throws: `Errno` if it cannot be started.
    package func run(within limit: Duration) throws(Errno) -> Outcome {
        let deadline = ContinuousClock.now + limit
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Errno(rawValue: errno) }
        // Swift imports no pipe2(2); what starts another program meanwhile is not this module.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        let started = Result { () throws(Errno) in try spawn(output: ends[1]) }
        close(ends[1])
        let process = try started.get()
        let output = read(ends[0], until: deadline)
        guard let output, let status = Self.waitForEnd(of: process, until: deadline) else {
            kill(process, SIGKILL)
            _ = Self.waitForEnd(of: process, until: nil)
            return .timedOut
        }
        return .exited(status, output: output)
    }

    private func spawn(output: Int32) throws(Errno) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        if capturesErrors {
            posix_spawn_file_actions_adddup2(&actions, output, 2)
        } else {
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        }
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        var variables = environmentWords.map { strdup($0) } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, program, &actions, nil, &words, &variables)
        guard code == 0 else { throw Errno(rawValue: code) }
        return process
    }

    /// Our own environment with the additions, as `NAME=VALUE`.
    private var environmentWords: [String] {
        var words: [String] = []
        var next = environ
        while let word = next.pointee {
            let text = String(cString: word)
            let name = text.prefix { $0 != "=" }
            if environment[String(name)] == nil { words.append(text) }
            next += 1
        }
        return words + environment.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
    }

    /// What comes out of a pipe until its end, nil if that does not come in time.
    private func read(
        _ descriptor: Int32, until deadline: ContinuousClock.Instant
    ) -> [UInt8]? {
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while output.count <= outputLimit {
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
