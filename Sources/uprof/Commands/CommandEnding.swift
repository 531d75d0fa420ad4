internal import Glibc
internal import Profiler

/// The end of a command that uprof has started.
enum CommandEnding {
    /// Ends this process the way the command did.
    static func end(as status: ExitStatus) -> Never {
        switch status {
        case .exited(let code):
            exit(code)
        case .signaled(let signal):
            // As a shell would see it without uprof in between; no core of ours.
            var limit = rlimit()
            setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
            Glibc.signal(signal, SIG_DFL)
            // A measurement that has not been taken down waits for some signals in its own way.
            var none = sigset_t()
            sigemptyset(&none)
            sigprocmask(SIG_SETMASK, &none, nil)
            raise(signal)
            exit(128 + signal)
        }
    }
}
