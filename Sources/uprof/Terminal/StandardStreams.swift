internal import Glibc

/// Messages for people.
enum StandardError {
    /// Writes a text as it is; what cannot be written is dropped.
    static func write(_ text: String) {
        _ = Descriptor.writeAll(text, to: STDERR_FILENO)
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
        let reason = Descriptor.writeAll(text, to: STDOUT_FILENO)
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
    /// Writes all bytes of a text; returns zero or the errno.
    static func writeAll(_ text: String, to descriptor: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
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
