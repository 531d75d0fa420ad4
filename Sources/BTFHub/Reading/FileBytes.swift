internal import Glibc
internal import SystemPackage

/// Whole files, read rather than mapped: those of /sys and /proc, and small ones.
enum FileBytes {
    /// A file's bytes, or nil where it cannot be read.
    static func read(_ path: FilePath) -> [UInt8]? {
        let descriptor = open(path.string, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// A file's text, or nil where it cannot be read.
    static func text(_ path: FilePath) -> String? {
        read(path).map { String(decoding: $0, as: UTF8.self) }
    }
}
