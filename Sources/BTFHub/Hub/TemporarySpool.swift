internal import Bytes
internal import Glibc
internal import SystemPackage

/// A file without a name, for what is too large to be kept in memory.
struct TemporarySpool: ~Copyable {
    let descriptor: FileDescriptor

    /// Makes an empty one in a directory.
    ///
    /// - Throws: `Errno` if that is not possible.
    init(in directory: FilePath) throws(Errno) {
        var template = Array("\(directory.string)/.uprof-spool-XXXXXX".utf8CString)
        let number = mkstemp(&template)
        guard number >= 0 else { throw Errno(rawValue: errno) }
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        unlink(template)
        descriptor = FileDescriptor(rawValue: number)
    }

    deinit { try? descriptor.close() }

    /// Maps what has been written.
    ///
    /// - Throws: `Errno` if that is not possible.
    borrowing func map() throws(Errno) -> MappedFile {
        try MappedFile(descriptor: descriptor)
    }
}
