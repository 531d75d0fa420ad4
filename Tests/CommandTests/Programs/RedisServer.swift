import Foundation
import Glibc
import TestSupport

/// A redis-server of the test's own, on a port of its own; it ends with this object.
struct RedisServer {
    let process: RunningProcess
    private let port: Int
    private let directory: ScratchDirectory

    /// What it takes to run one.
    static let capability = Capability.tool("redis-server")
        .and(.tool("redis-benchmark")).and(.tool("redis-cli"))

    /// Starts a server and waits until it answers.
    ///
    /// - Throws: `TestSupportError` when it does not.
    init() async throws {
        directory = try ScratchDirectory()
        // Ports below the range the kernel gives to others by itself.
        port = 20_000 + Int(getpid()) % 10_000
        process = try RunningProcess(
            Self.path("redis-server"),
            ["--port", "\(port)", "--save", "", "--dir", directory.path, "--bind", "127.0.0.1"])
        try await process.waitForLine("ready to accept connections") {
            $0.lowercased().contains("ready to accept connections")
        }
    }

    /// Puts load on it: so many commands.
    func benchmark(requests: Int) throws -> RunningProcess {
        try RunningProcess(
            Self.path("redis-benchmark"),
            ["-p", "\(port)", "-n", "\(requests)", "-t", "set,get", "-q"])
    }

    /// Whether it answers.
    func answers() async throws -> Bool {
        try await run(
            Self.path("redis-cli"), ["-p", "\(port)", "ping"], within: .seconds(5)
        ).standardOutput == "PONG\n"
    }

    /// The program, behind its symbolic links.
    static func program() throws -> String {
        URL(filePath: try path("redis-server")).resolvingSymlinksInPath()
            .path(percentEncoded: false)
    }

    private static func path(_ name: String) throws -> String {
        guard let path = Tool.path(name) else {
            throw TestSupportError.missingExecutable([name])
        }
        return path
    }
}
