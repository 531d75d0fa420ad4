internal import CLinux
internal import Glibc
internal import Symbolizer

/// Learns when a process has ended, with all its threads, without looking at it again and again.
final class ProcessEnd {
    private let process: ProcessInfo
    /// Readable once it has ended; negative where the kernel offers no such thing (before Linux 5.3).
    let descriptor: Int32

    /// Watches a process.
    init(of process: ProcessInfo) {
        self.process = process
        descriptor = uprof_open_process(process.id.rawValue)
        // The ID may have been given to another process by now: its end would be another one.
        isOver = !process.isRunning && process.threads.count <= 1
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private var isOver: Bool

    /// Whether it has ended.
    func check() -> Bool {
        if isOver { return true }
        if descriptor >= 0 {
            var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            isOver = poll(&polled, 1, 0) > 0
        } else {
            isOver = !process.isRunning && process.threads.count <= 1
        }
        return isOver
    }
}
