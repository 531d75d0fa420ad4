import Foundation
import Report
import SystemPackage
import TestSupport
import Testing

@Suite("Output file")
struct OutputFileTests {
    let directory: ScratchDirectory

    init() throws {
        directory = try ScratchDirectory()
    }

    private func permissions(of name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: directory.file(name))
        return try #require(attributes[.posixPermissions] as? Int)
    }

    private func setPermissions(of path: String, _ permissions: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }

    @Test("is created with all its content and nothing beside it")
    func create() throws {
        try OutputFile(directory.file("out.svg")).write("größe\n")
        #expect(try directory.text(of: "out.svg") == "größe\n")
        #expect(try directory.names() == ["out.svg"])
        #expect(try permissions(of: "out.svg") & 0o111 == 0)
    }

    @Test("may be large, and may be empty", arguments: [0, 5_000_000])
    func size(count: Int) throws {
        let bytes = [UInt8](repeating: 0xA5, count: count)
        try OutputFile(directory.file("out")).write(bytes)
        #expect(try directory.bytes(of: "out") == bytes)
    }

    @Test("replaces a file and keeps its permissions", arguments: [0o600, 0o644, 0o755])
    func replace(mode: Int) throws {
        let path = try directory.write("before, and longer", to: "out")
        try setPermissions(of: path, mode)
        try OutputFile(path).write("after")
        #expect(try directory.text(of: "out") == "after")
        #expect(try permissions(of: "out") == mode)
    }

    @Test("has a name as long as names can be")
    func longName() throws {
        let name = String(repeating: "n", count: 255)
        try OutputFile(directory.file(name)).write("x")
        #expect(try directory.names() == [name])
    }

    @Test("may be named relative to the working directory")
    func relativePath() throws {
        let name = "uprof-\(UInt32.random(in: 0...(.max))).tmp"
        defer { try? FileManager.default.removeItem(atPath: name) }
        try OutputFile(name).write("x")
        #expect(FileManager.default.fileExists(atPath: name))
    }

    @Test("is written where links lead to, and the links stay", arguments: [true, false])
    func links(isThere: Bool) throws {
        let files = FileManager.default
        try files.createDirectory(
            atPath: directory.file("real"), withIntermediateDirectories: false)
        if isThere { try directory.write("before", to: "real/out") }
        try files.createSymbolicLink(
            atPath: directory.file("second"), withDestinationPath: "real/out")
        try files.createSymbolicLink(
            atPath: directory.file("first"), withDestinationPath: directory.file("second"))
        try OutputFile(directory.file("first")).write("after")
        #expect(try directory.text(of: "real/out") == "after")
        #expect(try directory.names() == ["first", "real", "second"])
        #expect(try files.destinationOfSymbolicLink(atPath: directory.file("second")) == "real/out")
    }

    @Test("is not found behind links in a circle")
    func circle() throws {
        try FileManager.default.createSymbolicLink(
            atPath: directory.file("loop"), withDestinationPath: "loop")
        let error = #expect(throws: OutputError.self) {
            try OutputFile(directory.file("loop")).write("x")
        }
        #expect(error?.errno == .tooManySymbolicLinkLevels)
    }

    @Test("says that a device is full, and leaves the device")
    func full() throws {
        let error = #expect(throws: OutputError.self) { try OutputFile("/dev/full").write("x") }
        #expect(
            error?.description == "cannot write /dev/full: No space left on device; "
                + "free some space or write elsewhere with -o")
        var file = stat()
        #expect(stat("/dev/full", &file) == 0)
        #expect(file.st_mode & S_IFMT == S_IFCHR)
    }

    @Test("is known to be writable before anything is written")
    func checkWritable() throws {
        let path = try directory.write("before", to: "out")
        for path in [path, directory.file("new"), "new-\(UUID())", "/dev/null", "-"] {
            try OutputFile(path).checkWritable()
        }
        #expect(try directory.names() == ["out"])
        #expect(try directory.text(of: "out") == "before")
    }

    @Test("may be a device")
    func device() throws {
        try OutputFile("/dev/null").write("x")
    }

    @Test("may be a pipe with a name")
    func pipe() async throws {
        let path = directory.file("pipe")
        try #require(mkfifo(path, 0o600) == 0)
        let reader = try RunningProcess(try #require(Tool.path("cat")), [path])
        try OutputFile(path).write("through the pipe")
        let result = try await reader.waitForExit(within: .seconds(10))
        #expect(result.standardOutput == "through the pipe")
        #expect(try directory.names() == ["pipe"])
    }

    @Test("needs a directory that is there")
    func missingDirectory() throws {
        let path = directory.file("nowhere/out")
        let error = #expect(throws: OutputError.self) { try OutputFile(path).write("x") }
        #expect(
            error?.description
                == "cannot create \(path): No such file or directory; create the directory first")
        try #expect(throws: #require(error)) { try OutputFile(path).checkWritable() }
    }

    @Test("is not a directory")
    func isDirectory() throws {
        let path = directory.path
        let error = #expect(throws: OutputError.self) { try OutputFile(path).write("x") }
        #expect(
            error?.description == "cannot create \(path): Is a directory; "
                + "give the name of a file in it")
        try #expect(throws: #require(error)) { try OutputFile(path).checkWritable() }
    }

    @Test(
        "is not created where that is not allowed, nor replaced against its permissions",
        arguments: [true, false])
    func permissionDenied(isDirectoryProtected: Bool) throws {
        let path = try directory.write("before", to: "out")
        try setPermissions(of: directory.path, isDirectoryProtected ? 0o555 : 0o777)
        try setPermissions(of: path, isDirectoryProtected ? 0o666 : 0o444)
        let error = #expect(throws: OutputError.self) {
            try FileAccess.asNobody { try OutputFile(path).write("after") }
        }
        try #expect(throws: #require(error)) {
            try FileAccess.asNobody { try OutputFile(path).checkWritable() }
        }
        try setPermissions(of: directory.path, 0o700)
        #expect(
            error?.description
                == "cannot \(isDirectoryProtected ? "create" : "replace") \(path): "
                + "Permission denied; write to a directory of your own with -o")
        #expect(try directory.text(of: "out") == "before")
        #expect(try directory.names() == ["out"])
    }

    @Test("is not created in a file system of the kernel's, whoever one is")
    func unwritableDirectory() throws {
        let error = #expect(throws: OutputError.self) { try OutputFile("/proc/out").write("x") }
        #expect(error?.operation == .create)
    }

    @Test(
        "is as before when there is no space, and nothing is beside it",
        .enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
    func noSpace() async throws {
        let mount = try #require(Tool.path("mount"))
        let small = ["-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.path]
        try await run(mount, small).check()
        let error = #expect(throws: OutputError.self) {
            try OutputFile(try directory.write("before", to: "out"))
                .write([UInt8](repeating: 1, count: 1_000_000))
        }
        #expect(error?.operation == .write)
        #expect(error?.errno == .noSpace)
        #expect(try directory.names() == ["out"])
        #expect(try directory.text(of: "out") == "before")
        try await run(try #require(Tool.path("umount")), [directory.path]).check()
    }
}
