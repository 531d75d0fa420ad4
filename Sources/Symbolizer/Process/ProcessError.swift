package import SystemPackage

/// A process that cannot be examined, and why.
package struct ProcessError: Error, Equatable, CustomStringConvertible {
    /// Why it cannot be examined.
    package enum Reason: Equatable, Sendable {
        /// There is none of this ID.
        case noSuchProcess
        /// It has ended, but its parent has not asked how.
        case zombie
        /// It runs in the kernel and has no program.
        case kernelThread
        /// It is a thread; the ID of its process is another.
        case thread(of: ProcessID)
        /// It belongs to another user, or is guarded in another way.
        case notPermitted(path: String)
        /// It runs a 32-bit program.
        case is32Bit
        /// The system failed.
        case failed(path: String, Errno)
    }

    /// The process.
    package let process: ProcessID
    /// Why it cannot be examined.
    package let reason: Reason

    /// Makes the error for a process and a reason.
    package init(process: ProcessID, reason: Reason) {
        self.process = process
        self.reason = reason
    }

    package var description: String {
        switch reason {
        case .noSuchProcess:
            "no process has the ID \(process)"
        case .zombie:
            "process \(process) has ended and is a zombie, waiting for its parent to collect it"
        case .kernelThread:
            "process \(process) is a kernel thread; uprof profiles user-space programs"
        case .thread(let owner):
            "\(process) is a thread of process \(owner); use --pid \(owner)"
        case .notPermitted(let path):
            "process \(process): permission denied reading \(path); "
                + "run uprof as the user of the process, or as root with CAP_SYS_PTRACE"
        case .is32Bit:
            "process \(process) is a 32-bit program; uprof supports 64-bit programs only"
        case .failed(let path, let errno):
            "process \(process): cannot read \(path): \(errno)"
        }
    }
}
