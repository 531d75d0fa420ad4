internal import CRunning
internal import Glibc
package import SystemPackage

/// A file without a name that is gone with this process, for those who want a path.
package struct MemoryFile: ~Copyable {
    private let descriptor: FileDescriptor

    /// Where files are made on kernels that have no memory files.
    private static let directories = ["/dev/shm", "/run", "/tmp", "/var/tmp", "."]

    /// Makes a file of some bytes.
    ///
    /// - Throws: `Errno` if there is neither memory nor any directory for it.
    package init(name: String, contents: RawSpan) throws(Errno) {
        let descriptor = try Self.open(name)
        do {
            try contents.withUnsafeBytes { bytes throws(any Error) in
                _ = try descriptor.writeAll(bytes)
            }
        } catch {
            try? descriptor.close()
            throw error as? Errno ?? .ioError
        }
        self.descriptor = descriptor
    }

    deinit { try? descriptor.close() }

    /// A path that is valid as long as this value, in this process.
    package var path: String { "/proc/self/fd/\(descriptor.rawValue)" }

    /// Becomes the program in the file.
    ///
    /// - Throws: `Errno` if the kernel refuses it.
    package borrowing func execute(_ arguments: [String]) throws(Errno) {
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        fexecve(descriptor.rawValue, &words, environ)
        throw Errno(rawValue: errno)
    }

    private static func open(_ name: String) throws(Errno) -> FileDescriptor {
        let number = uprof_memory_file(name)
        if number >= 0 { return FileDescriptor(rawValue: number) }
        var reason = Errno(rawValue: errno)
        for directory in directories {
            var template = Array("\(directory)/.uprof-XXXXXX".utf8CString)
            let number = mkstemp(&template)
            if number >= 0 {
                _ = fcntl(number, F_SETFD, FD_CLOEXEC)
                unlink(template)
                return FileDescriptor(rawValue: number)
            }
            reason = Errno(rawValue: errno)
        }
        throw reason
    }
}
