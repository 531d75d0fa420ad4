import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import BTFHub

/// Fetching from a mirror that the test has started.
@Suite(
    .enabled(if: Capability.tool("curl").isAvailable, "\(Capability.tool("curl").reason)"),
    .enabled(if: Capability.centOSTypes.isAvailable, "\(Capability.centOSTypes.reason)"))
struct FetchTests {
    private static let release = "3.10.0-1160.el7.x86_64"
    private static let path = "centos/7/x86_64/3.10.0-1160.el7.x86_64.btf"
    private static let types = "\(CentOSTypes.directory)/7/x86_64/3.10.0-1160.el7.x86_64.btf"

    private func fetch(
        _ mirror: String, into scratch: ScratchDirectory, version: String = "7.9"
    ) throws -> FilePath {
        try HubFetcher(mirror: mirror, hub: FilePath(scratch.file("hub"))).fetch(
            release: Self.release, distribution: "centos", version: version,
            architecture: Architecture("x86_64"))
    }

    private func mirror(_ scratch: ScratchDirectory) async throws -> String {
        try scratch.makeDirectory("mirror/centos/7/x86_64")
        try FileManager.default.copyItem(
            atPath: Self.types, toPath: scratch.file("mirror/\(Self.path)"))
        return scratch.file("mirror")
    }

    @Test func `fetches from a directory by the first part of the version`() async throws {
        let scratch = try ScratchDirectory()
        let mirror = try await mirror(scratch)
        let file = try fetch("file://\(mirror)/", into: scratch)
        #expect(file.string == scratch.file("hub/\(Self.path)"))
        _ = try HubIndexer(FilePath(scratch.file("hub"))).run()
        let hub = try Hub(FilePath(scratch.file("hub")))
        let record = try #require(try hub.index.records(ofRelease: Self.release).first)
        #expect(record.origin == "file://\(mirror)/\(Self.path)")
        #expect(try hub.open(record).byteOffset(of: "tgid", in: "task_struct") == 1192)
    }

    @Test func `goes on where it ended`() async throws {
        let scratch = try ScratchDirectory()
        let mirror = try await mirror(scratch)
        let whole = try scratch.bytes(of: "mirror/\(Self.path)")
        try scratch.makeDirectory("hub/centos/7/x86_64")
        try scratch.write(whole.prefix(1_000), to: "hub/\(Self.path).part")
        // The start is on this side only: were it fetched again, the file would be damaged.
        var other = whole
        for index in 0..<500 { other[index] = 0 }
        try scratch.write(other, to: "mirror/\(Self.path)")
        _ = try fetch("file://\(mirror)", into: scratch)
        #expect(try scratch.bytes(of: "hub/\(Self.path)") == whole)
    }

    @Test func `fetches from a web server, and says what is not there`() async throws {
        let scratch = try ScratchDirectory()
        let mirror = try await mirror(scratch)
        let server = try RunningProcess(
            Tool.path("python3") ?? "",
            ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1"], directory: mirror)
        defer { server.signal(SIGKILL) }
        let line = try await server.waitForLine("Serving HTTP on")
        let port = try #require(line.firstMatch(of: /port (\d+)/)?.1)
        let address = "http://127.0.0.1:\(port)"
        _ = try fetch(address, into: scratch)
        #expect(
            try scratch.bytes(of: "hub/\(Self.path)") == scratch.bytes(of: "mirror/\(Self.path)"))

        let error = #expect(throws: HubError.self) {
            try fetch(address, into: scratch, version: "6")
        }
        #expect(error?.reason == .system(.noSuchFileOrDirectory))
        // This server cannot go on: the file is fetched anew.
        try scratch.write("half of", to: "hub/\(Self.path).part")
        _ = try fetch(address, into: scratch)
        #expect(
            try scratch.bytes(of: "hub/\(Self.path)") == scratch.bytes(of: "mirror/\(Self.path)"))
    }

    @Test func `holds a file against the mirror's checksum`() async throws {
        let scratch = try ScratchDirectory()
        let mirror = try await mirror(scratch)
        let bytes = try scratch.bytes(of: "mirror/\(Self.path)")
        let sum = SHA256.hexadecimal(of: bytes.span.bytes)
        try scratch.write("\(sum)  \(Self.release).btf\n", to: "mirror/\(Self.path).sha256")
        _ = try fetch("file://\(mirror)", into: scratch)
        let wrong = String(repeating: "0", count: 64)
        try scratch.write("\(wrong)  \(Self.release).btf\n", to: "mirror/\(Self.path).sha256")
        let error = #expect(throws: HubError.self) { try fetch("file://\(mirror)", into: scratch) }
        #expect("\(String(describing: error))".contains("its SHA-256 is not the mirror's"))
    }

    @Test func `what is no type information does not get into the hub`() async throws {
        let scratch = try ScratchDirectory()
        let mirror = try await mirror(scratch)
        try scratch.write("<html>not found</html>", to: "mirror/\(Self.path)")
        #expect(throws: HubError.self) { try fetch("file://\(mirror)", into: scratch) }
        #expect(
            try FileManager.default.contentsOfDirectory(
                atPath: scratch.file("hub/centos/7/x86_64")
            ).isEmpty)
    }

    @Test(arguments: ["../../etc", "", ".hidden", "a/b"])
    func `names that lead out of the hub are refused`(name: String) throws {
        let scratch = try ScratchDirectory()
        #expect(throws: HubError.self) {
            try HubFetcher(mirror: "file:///", hub: FilePath(scratch.path)).fetch(
                release: name, distribution: "centos", version: "7",
                architecture: Architecture("x86_64"))
        }
    }
}
