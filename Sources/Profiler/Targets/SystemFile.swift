internal import Glibc

/// Small files of /proc and /sys.
enum SystemFile {
    /// A file's bytes, or nil where it cannot be read.
    static func bytes(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    /// A file's text, or nil where it cannot be read.
    static func text(_ path: String) -> String? {
        bytes(path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The first line of a file without white space around it.
    static func firstLine(_ path: String) -> String? {
        text(path)?.split(separator: "\n").first.map { line in
            String(line.drop(while: \.isWhitespace))
        }
    }
}
