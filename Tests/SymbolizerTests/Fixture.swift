import Bytes
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Symbolizer

/// The images `TestTargets/images/Makefile` builds, and the tools that know the right answers.
enum Fixture {
    struct Missing: Error, CustomStringConvertible {
        let path: String
        var description: String { "no fixture \(path); run make -C TestTargets" }
    }

    private static let folder: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/TestTargets/build/images/"
    }()

    /// Whether the tools to build an image were there.
    static func exists(_ name: String) -> Bool { access(folder + name, R_OK) == 0 }

    static func path(_ name: String) throws -> FilePath {
        guard exists(name) else { throw Missing(path: folder + name) }
        return FilePath(folder + name)
    }

    static func image(_ name: String) throws -> ELFImage { try ELFImage(path: path(name)) }

    static func catalog(_ name: String) throws -> FunctionCatalog {
        FunctionCatalog(of: try image(name))
    }

    static func bytes(_ name: String) throws -> [UInt8] { try image(name).file.bytes.array }

    /// The lines a tool prints about an image.
    static func lines(_ tool: String, _ name: String) throws -> [Substring] {
        try output("\(tool) '\(path(name))' 2>/dev/null").split(separator: "\n")
    }

    /// What a shell command prints.
    static func output(_ command: String) throws -> String {
        let pipe = try #require(popen(command, "r"))
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        pclose(pipe)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What a shell command prints, given its input.
    static func output(_ command: String, input: String) throws -> String {
        let path = "/tmp/uprof-test-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        let file = try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .truncate],
            permissions: .ownerReadWrite)
        defer { unlink(path) }
        try file.closeAfter { _ = try file.writeAll(input.utf8) }
        return try output("\(command) < \(path)")
    }
}
