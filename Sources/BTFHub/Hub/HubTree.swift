internal import Glibc
internal import SystemPackage

/// The files of a hub that may have type information in them.
enum HubTree {
    /// A file as the directory shows it.
    struct File: Sendable {
        /// Where it is, relative to the hub.
        let path: String
        /// Its size and its time of change: another file, if they are others.
        let fingerprint: String
        /// When it was last changed, in seconds since 1970.
        let date: Int
    }

    /// Deeper than any hub; links that go round in circles end here too.
    private static let deepest = 32

    /// All of them, sorted; directories whose names begin with a dot are left out.
    ///
    /// - Throws: `HubError` if the hub's own directory cannot be listed.
    static func files(in hub: FilePath) throws(HubError) -> [File] {
        var files: [File] = []
        guard list(hub.string, "", 0, &files) else {
            throw HubError(hub.string, .system(Errno(rawValue: errno)))
        }
        return files.sorted { $0.path < $1.path }
    }

    private static func list(
        _ directory: String, _ prefix: String, _ depth: Int, _ files: inout [File]
    ) -> Bool {
        guard depth < deepest, let stream = opendir(directory) else { return false }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            var status = stat()
            guard stat("\(directory)/\(name)", &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                _ = list("\(directory)/\(name)", "\(prefix)\(name)/", depth + 1, &files)
            case S_IFREG where KernelImageName.isCandidate(name):
                let time = status.st_mtim
                files.append(
                    File(
                        path: prefix + name,
                        fingerprint: "\(status.st_size):\(time.tv_sec).\(time.tv_nsec)",
                        date: time.tv_sec))
            default:
                break
            }
        }
        return true
    }
}
