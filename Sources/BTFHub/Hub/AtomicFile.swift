internal import Glibc
internal import SystemPackage

/// Writes files so that nobody ever meets half of one, whenever the writing ends.
enum AtomicFile {
    /// Writes bytes under a temporary name and then renames it.
    ///
    /// - Throws: `HubError` if that is not possible; the file is then as it was before.
    static func write(_ bytes: [UInt8], to path: FilePath) throws(HubError) {
        let temporary = FilePath("\(path.string).\(getpid()).tmp")
        do {
            let descriptor = try FileDescriptor.open(
                temporary, .writeOnly, options: [.create, .truncate, .closeOnExec],
                permissions: FilePermissions(rawValue: 0o666))
            try descriptor.closeAfter {
                try descriptor.writeAll(bytes)
                // The name must not get to the disk before the bytes do.
                guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
            guard rename(temporary.string, path.string) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            unlink(temporary.string)
            throw HubError(path.string, .system(error as? Errno ?? .ioError))
        }
    }

    /// Makes a directory and those above it, if they are not there.
    ///
    /// - Throws: `HubError` if that is not possible.
    static func makeDirectory(_ path: FilePath) throws(HubError) {
        guard mkdir(path.string, 0o777) != 0, errno != EEXIST else { return }
        let parent = path.removingLastComponent()
        guard errno == ENOENT, !parent.isEmpty, parent != path else {
            throw HubError(path.string, .system(Errno(rawValue: errno)))
        }
        try makeDirectory(parent)
        guard mkdir(path.string, 0o777) == 0 || errno == EEXIST else {
            throw HubError(path.string, .system(Errno(rawValue: errno)))
        }
    }
}
