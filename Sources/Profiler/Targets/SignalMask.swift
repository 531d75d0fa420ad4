internal import CLinux
internal import Glibc

/// Signals taken out of their ordinary delivery for as long as the value lives, to be read from a
/// descriptor instead (signalfd(2)).
package struct SignalMask: ~Copyable {
    /// Readable when one of the signals has come.
    package let descriptor: Int32
    private var previous: sigset_t

    /// Blocks the signals for this thread and those it starts.
    package init(blocking signals: [Int32]) {
        var blocked = sigset_t()
        previous = sigset_t()
        sigemptyset(&blocked)
        for signal in signals { sigaddset(&blocked, signal) }
        pthread_sigmask(SIG_BLOCK, &blocked, &previous)
        descriptor = signalfd(-1, &blocked, Int32(SFD_CLOEXEC) | Int32(SFD_NONBLOCK))
    }

    deinit {
        // What has come and nobody has asked for must not strike once it is unblocked.
        while next() != nil {}
        close(descriptor)
        var previous = previous
        pthread_sigmask(SIG_SETMASK, &previous, nil)
    }

    /// The next signal that has come, with its sender's process id, or nil if there is none.
    package func next() -> (signal: Int32, sender: Int32)? {
        var information = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard read(descriptor, &information, size) == size else { return nil }
        return (Int32(information.ssi_signo), Int32(bitPattern: information.ssi_pid))
    }

    /// The mask as it was before, for a child to start with.
    func withPointer<Result>(_ body: (UnsafePointer<sigset_t>) -> Result) -> Result {
        withUnsafePointer(to: previous, body)
    }
}
