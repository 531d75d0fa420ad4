internal import Glibc
internal import Processes
internal import SystemPackage

/// Writing files where packages are made.
enum FileTree {
    /// Writes files under a new directory.
    ///
    /// - Throws: `ExportError.file` if the directory is there already or anything fails.
    static func write(_ files: [PackageFile], under directory: String) throws(ExportError) {
        try check(directory) { mkdir(directory, 0o755) }
        for file in files {
            let path = "\(directory)/\(file.path)"
            if let contents = file.contents {
                try write(contents, to: path, mode: file.mode)
            } else {
                try check(path) { mkdir(path, 0o755) }
            }
        }
    }

    /// Writes a file, all of it or none.
    ///
    /// - Throws: `ExportError.file`.
    static func write(_ bytes: [UInt8], to path: String, mode: Int = 0o644) throws(ExportError) {
        let temporary = "\(path).part"
        do {
            let descriptor = try FileDescriptor.open(
                FilePath(temporary), .writeOnly, options: [.create, .truncate],
                permissions: FilePermissions(rawValue: CModeT(mode)))
            try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
        } catch {
            unlink(temporary)
            throw .file(path, "\(error)")
        }
        try check(path) { chmod(temporary, mode_t(mode)) }
        try check(path) { rename(temporary, path) }
    }

    /// Moves a file, to another file system too.
    ///
    /// - Throws: `ExportError.file`.
    static func move(_ source: String, to path: String) throws(ExportError) {
        if rename(source, path) == 0 { return }
        guard errno == EXDEV else { throw .file(path, Errno(rawValue: errno).description) }
        let file: FileDescriptor
        var bytes: [UInt8] = []
        do {
            file = try FileDescriptor.open(FilePath(source), .readOnly)
            try file.closeAfter {
                var chunk = [UInt8](repeating: 0, count: 1 << 20)
                while true {
                    let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
                    if count == 0 { break }
                    bytes += chunk[..<count]
                }
            }
        } catch {
            throw .file(source, "\(error)")
        }
        try write(bytes, to: path)
    }

    private static func check(_ path: String, _ call: () -> Int32) throws(ExportError) {
        guard call() == 0 else { throw .file(path, Errno(rawValue: errno).description) }
    }
}

/// A directory for what tools need on the way.
struct TemporaryTree {
    let path: String

    init() throws(ExportError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/uprof-export-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .file(parent, Errno(rawValue: errno).description)
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes the directory with all that is in it.
    func remove() {
        _ = try? BoundedProcess("rm", ["-rf", "--", path]).run(within: .seconds(60))
    }
}
