internal import Glibc
internal import SystemPackage

/// A file under a temporary name: it goes when this value does, unless it got its own name.
struct TemporaryFile: ~Copyable {
    /// The file, open for writing.
    let descriptor: FileDescriptor
    private let path: String
    private let output: OutputFile
    private var isOpen = true

    /// Creates an empty file in the directory of another one.
    ///
    /// - Throws: `OutputError` if that is not possible.
    init(beside target: String, for output: OutputFile) throws(OutputError) {
        let name = ".uprof-\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).tmp"
        let path = FilePath(target).removingLastComponent().appending(name).string
        self.path = path
        self.output = output
        // Read and write for all, less the umask: what any new file gets.
        descriptor = try output.check(.create) {
            try FileDescriptor.open(
                path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: FilePermissions(rawValue: 0o666))
        }
    }

    deinit {
        if isOpen { try? descriptor.close() }
        unlink(path)
    }

    /// Takes over the permissions and, if allowed, the owner of the file to be replaced.
    borrowing func adopt(_ file: stat) {
        _ = fchown(descriptor.rawValue, file.st_uid, file.st_gid)
        _ = fchmod(descriptor.rawValue, file.st_mode & 0o777)
    }

    /// Gives the file its own name, in place of any file of that name.
    ///
    /// - Throws: `OutputError` if that is not possible.
    consuming func rename(to target: String) throws(OutputError) {
        // Some file systems report only here that what was written did not fit.
        isOpen = false
        try output.check(.write) { [descriptor] in try descriptor.close() }
        guard Glibc.rename(path, target) == 0 else { throw output.failure(.replace) }
    }
}
