internal import Glibc
internal import Report

/// A file that can be run.
enum ExecutableFile {
    /// Writes it, all or nothing.
    ///
    /// - Throws: `OutputError`.
    static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
        try OutputFile(path).write(bytes)
        let mask = umask(0)
        umask(mask)
        // What is not a file (a pipe) needs no mode, and refuses it.
        chmod(path, 0o777 & ~mask)
    }
}
