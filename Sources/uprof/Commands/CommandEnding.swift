internal import ArgumentParser
internal import Glibc
internal import Profiler

/// The end of a command that uprof has started.
enum CommandEnding {
    /// Ends this process the way the command did.
    ///
    /// - Throws: `ExitCode`, with the command's status.
    static func end(as status: ExitStatus) throws {
        switch status {
        case .exited(let code):
            throw ExitCode(code)
        case .signaled(let signal):
            // As a shell would see it without uprof in between; no core of ours.
            var limit = rlimit()
            setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
            Glibc.signal(signal, SIG_DFL)
            raise(signal)
            throw ExitCode(128 + signal)
        }
    }
}
