import Glibc

@testable import Symbolizer

/// A program that runs until the test is over.
final class Child {
    let id: ProcessID

    /// Runs a program in its own process; nil where it cannot be started.
    init?(_ path: String, _ arguments: [String] = []) {
        var number: pid_t = 0
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        defer { words.forEach { free($0) } }
        words.append(nil)
        guard posix_spawn(&number, path, nil, nil, words, environ) == 0 else { return nil }
        id = ProcessID(number)
    }

    /// Ends it, but does not collect it: a zombie is left.
    func kill() {
        Glibc.kill(id.rawValue, SIGKILL)
        var info = siginfo_t()
        waitid(P_PID, id_t(id.rawValue), &info, WEXITED | WNOWAIT)
    }

    /// Ends it and all that is left of it.
    func reap() {
        Glibc.kill(id.rawValue, SIGKILL)
        waitpid(id.rawValue, nil, 0)
    }

    deinit { reap() }
}
