internal import Bytes
internal import Glibc
internal import SystemPackage

/// The directory of a cache: its files, by their names, all of which end alike. Other files may be there,
/// and are left alone.
///
/// The open directory is what is used, not its path: what was checked stays what is believed.
final class CacheDirectory: Sendable {
    /// What the names of files end with.
    static let suffix = ".uprof-cache"

    private let descriptor: Int32

    /// Opens a directory, which is made with those above it if need be.
    ///
    /// - Throws: `CacheError` if it cannot be made or opened, or is not the user's own.
    init(_ path: FilePath) throws(CacheError) {
        Self.make(path)
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        let descriptor = path.withPlatformString { open($0, flags) }
        guard descriptor >= 0 else { throw .unusable(path, Errno(rawValue: errno)) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_uid == geteuid(),
            status.st_mode & (S_IWGRP | S_IWOTH) == 0
        else {
            close(descriptor)
            throw .notOwn(path)
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    private static func make(_ path: FilePath) {
        var missing: [FilePath] = []
        var current = path
        while current.withPlatformString({ access($0, F_OK) }) != 0, !current.isEmpty {
            missing.append(current)
            guard current.removeLastComponent() else { break }
        }
        // Those above it are not its own: others may need them.
        for missing in missing.reversed() {
            _ = missing.withPlatformString { mkdir($0, missing == path ? 0o700 : 0o755) }
        }
    }

    /// Maps a file of the user's own, and takes note that it is used.
    func map(_ name: String) -> MappedFile? {
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_uid == geteuid() else { return nil }
        // What was used longest ago is dropped first; to the minute is exact enough.
        if time(nil) - status.st_mtim.tv_sec > 60 { futimens(file, nil) }
        return try? MappedFile(descriptor: FileDescriptor(rawValue: file))
    }

    /// Removes a file.
    func remove(_ name: String) {
        unlinkat(descriptor, name, 0)
    }

    /// Writes a file of two pieces, which is there as a whole or not at all.
    func write(_ header: [UInt8], _ contents: RawSpan, to name: String) {
        let temporary = "\(Self.temporaryPrefix)\(getpid())-\(name)"
        let file = openat(
            descriptor, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        let output = FileDescriptor(rawValue: file)
        do {
            defer { close(file) }
            try output.writeAll(header)
            try contents.withUnsafeBytes { _ = try output.writeAll($0) }
        } catch {
            return remove(temporary)
        }
        if renameat(descriptor, temporary, descriptor, name) != 0 { remove(temporary) }
    }

    /// What the names of files begin with that are being written.
    private static let temporaryPrefix = "new-"

    /// Drops files, those first that were used longest ago, until they have no more than so many bytes.
    func drop(downTo capacity: Int) {
        var files = self.files
        var total = files.reduce(0) { $0 + $1.size }
        guard total > capacity else { return }
        files.sort { $0.used < $1.used }
        // Some more, so that the next one does not begin here again.
        for file in files where total > capacity / 4 * 3 {
            remove(file.name)
            total -= file.size
        }
    }

    private var files: [(name: String, size: Int, used: Int)] {
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0, let stream = fdopendir(own) else { return [] }
        defer { closedir(stream) }
        var files: [(name: String, size: Int, used: Int)] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var status = stat()
            guard name.hasSuffix(Self.suffix),
                fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
                status.st_mode & S_IFMT == S_IFREG
            else { continue }
            files.append((name, Int(status.st_size), status.st_mtim.tv_sec))
        }
        return files
    }
}
