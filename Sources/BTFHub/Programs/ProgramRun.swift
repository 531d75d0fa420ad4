internal import Glibc
internal import SystemPackage

/// Runs another program to its end.
struct ProgramRun {
    /// Its exit status, or 128 and the signal that ended it, as shells say.
    let status: Int32
    /// What it wrote to its standard error.
    let errors: String

    /// As much of it is kept as a person reads.
    private static let keptErrors = 8_192

    /// Runs a program found through `PATH`, with nothing to read and its output thrown away.
    ///
    /// - Throws: `Errno` if it cannot be started: `noSuchFileOrDirectory` where it is not installed.
    init(_ program: String, _ arguments: [String]) throws(Errno) {
        var ends: [Int32] = [0, 0]
        guard pipe2Ends(&ends) == 0 else { throw Errno(rawValue: errno) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)

        var strings = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for string in strings { free(string) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, program, &actions, nil, &strings, environ)
        close(ends[1])
        guard code == 0 else { throw Errno(rawValue: code) }
        errors = Self.readAll(from: ends[0])
        status = Self.wait(for: process)
    }

    private static func readAll(from descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += chunk[..<count]
            if bytes.count > keptErrors { bytes.removeFirst(bytes.count - keptErrors) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func wait(for process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? status >> 8 & 0xff : 128 + signal
    }

    /// The last lines of what it wrote, on one.
    var lastErrors: String {
        errors.split(whereSeparator: \.isNewline).suffix(3).joined(separator: "; ")
    }
}

/// A pipe that children do not inherit.
private func pipe2Ends(_ ends: inout [Int32]) -> Int32 {
    guard pipe(&ends) == 0 else { return -1 }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return 0
}
