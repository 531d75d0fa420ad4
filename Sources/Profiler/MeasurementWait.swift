internal import Glibc

/// Waiting while the kernel measures.
enum MeasurementWait {
    /// Waits until a descriptor is readable or the time has come.
    static func forEvents(_ descriptors: [Int32], until deadline: UInt64) {
        var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let now = MeasurementClock.now
        let nanoseconds = deadline > now ? deadline - now : 0
        // Rounded up: waking too early would only poll again.
        let milliseconds = Int32(clamping: (nanoseconds + 999_999) / 1_000_000)
        poll(&polled, nfds_t(polled.count), milliseconds)
    }
}

extension SignalMask {
    /// The end that a signal brings, if one has come; the command is told of it.
    func ending(forwardingTo command: borrowing LaunchedCommand?) -> MeasurementEnding? {
        while let (signal, _) = next() {
            switch signal {
            case SIGCHLD, SIGPIPE: continue
            default:
                // The terminal sends Ctrl-C to the command as well; all else comes to us alone.
                if signal != SIGINT { command?.send(signal: signal) }
                return .signal(signal)
            }
        }
        return nil
    }
}
