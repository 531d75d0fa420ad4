internal import Glibc

/// Messages for people.
enum StandardError {
    /// Writes a text as it is; what cannot be written is dropped.
    static func write(_ text: String) {
        _ = Descriptor.writeAll(Array(text.utf8), to: STDERR_FILENO)
    }
}

/// Data for people and programs.
enum StandardOutput {
    /// Whether it is a terminal, where a table can be redrawn.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Columns of the terminal, or nil where it is none.
    static var width: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// Writes all of a text.
    ///
    /// - Throws: `StreamError` if it cannot be written, for example to a full disk.
    static func write(_ text: String) throws(StreamError) {
        try write(Array(text.utf8))
    }

    /// Writes all of some bytes.
    ///
    /// - Throws: `StreamError` if they cannot be written.
    static func write(_ bytes: [UInt8]) throws(StreamError) {
        let reason = Descriptor.writeAll(bytes, to: STDOUT_FILENO)
        if reason != 0 { throw StreamError(reason: reason) }
    }
}

/// stdout could not be written to.
struct StreamError: Error, CustomStringConvertible {
    let reason: Int32

    /// Whether the reader has gone: no error, but the end of the work.
    var isClosedPipe: Bool { reason == EPIPE }

    var description: String { "cannot write to stdout: \(String(cString: strerror(reason)))" }
}

private enum Descriptor {
    /// Writes all bytes; returns zero or the errno.
    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBufferPointer { bytes in
            var written = 0
            while written < bytes.count, let start = bytes.baseAddress {
                let count = Glibc.write(descriptor, start + written, bytes.count - written)
                if count >= 0 {
                    written += count
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
    }
}
