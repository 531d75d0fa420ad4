import Foundation
import TestSupport
import Testing

/// `uprof symbolize` with a server of debug files: Debian's debuginfod, on loopback.
@Suite(
    .enabled(
        if: Tool.path("debuginfod") != nil && Tool.path("debuginfod-find") != nil,
        "debuginfod is not installed"))
struct DebuginfodTests {
    private static let directory = TestTarget.buildDirectory + "/debug-files/build-id"

    private func point() async throws -> String {
        let names = try await run(
            try #require(Tool.path("nm")), [Self.directory + "/truth"]
        ).check().standardOutput
        let line = names.split(separator: "\n").first { $0.hasSuffix(" chain_point") }
        return String(try #require(line?.split(separator: " ").first))
    }

    private func symbolize(
        _ arguments: [String] = [], server: String, cache: String
    ) async throws -> CommandResult {
        try await UprofCommand.run(
            ["symbolize", "--exe", Self.directory + "/program", try await point(), "--verbose"]
                + arguments,
            environment: [
                "DEBUGINFOD_URLS": server, "DEBUGINFOD_CACHE_PATH": cache,
                "DEBUGINFOD_RETRY_LIMIT": "0",
            ])
    }

    /// A port nobody listens at, found by listening for a moment.
    private static func freePort() throws -> UInt16 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, length) == 0 && getsockname(socket, pointer, &length) == 0
            }
        }
        try #require(bound)
        return UInt16(bigEndian: address.sin_port)
    }

    @Test func fetchesTheDebugFile() async throws {
        let scratch = try ScratchDirectory()
        let port = try Self.freePort()
        let server = try RunningProcess(
            try #require(Tool.path("debuginfod")),
            ["-p", "\(port)", "-d", scratch.file("index.sqlite"), "-F", "-vv", Self.directory],
            environment: ["DEBUGINFOD_URLS": ""])
        defer { server.signal(SIGTERM) }
        let url = "http://127.0.0.1:\(port)"
        var result: CommandResult?
        // Until the server has read the directory, it has nothing; neither has a fresh cache.
        for attempt in 0..<100 {
            result = try await symbolize(server: url, cache: scratch.file("cache-\(attempt)"))
            if result?.standardOutput.contains("leaf") == true { break }
            try await Task.sleep(for: .milliseconds(200))
        }
        let lines = try #require(result).standardOutput.split(separator: "\n")
        #expect(lines.count == 7 && lines[1] == "leaf" && lines[3] == "mid" && lines[5] == "outer")
        #expect(try #require(result).standardError.contains("uprof: fetching the debug file of"))
    }

    @Test func asksNobodyIfTold() async throws {
        let scratch = try ScratchDirectory()
        let result = try await symbolize(
            ["--no-debuginfod"], server: "http://127.0.0.1:1", cache: scratch.file("cache"))
        #expect(!result.standardError.contains("fetching"))
        #expect(result.standardError.contains("debug file not found"))
    }

    @Test func saysThatNoServerHasIt() async throws {
        let scratch = try ScratchDirectory()
        let result = try await symbolize(
            server: "http://127.0.0.1:1", cache: scratch.file("cache"))
        #expect(result.status == 0)
        #expect(result.standardOutput.contains("outer\n??:?\n"))
        #expect(result.standardError.contains("debuginfod: no server has build ID"))
    }

    @Test func saysThatThereIsNoClient() async throws {
        let scratch = try ScratchDirectory()
        let result = try await UprofCommand.run(
            ["symbolize", "--exe", Self.directory + "/program", try await point(), "--verbose"],
            environment: ["DEBUGINFOD_URLS": "http://127.0.0.1:1", "PATH": scratch.path])
        #expect(result.standardError.contains("there is no debuginfod-find"))
    }
}
