import Foundation
import TestSupport
import Testing

/// A user without privileges: told what is missing, with exit status 77.
@Suite(
    .serialized,
    .enabled(
        if: Capability.root.and(.tool("setpriv")).isAvailable,
        "\(Capability.root.and(.tool("setpriv")).reason)"))
struct UnprivilegedTests {
    /// Runs a copy of uprof that everybody may execute, as nobody.
    private static func run(_ arguments: [String]) async throws -> CommandResult {
        let directory = try ScratchDirectory()
        let copy = directory.file("uprof")
        // By cp: a copy this process makes is open for writing, also in children it starts meanwhile.
        try await TestSupport.run("/bin/cp", [try UprofCommand.path(), copy]).check()
        for path in [directory.path, copy] {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: path)
        }
        return try await TestSupport.run(
            try #require(Tool.path("setpriv")),
            ["--reuid=65534", "--regid=65534", "--clear-groups", copy] + arguments)
    }

    @Test(arguments: [
        ["attach", "--func", "main", "--pid", "1"],
        ["attach", "--func", "main", "--binary", "/bin/sh"],
        ["attach", "--func", "main", "--", "/bin/true"],
        ["functions", "--pid", "1"],
    ])
    func saysThatItIsNotPermitted(arguments: [String]) async throws {
        let result = try await Self.run(arguments)
        #expect(result.status == 77)
        #expect(result.standardOutput.isEmpty)
        #expect(result.standardError.split(separator: "\n").count == 1)
        #expect(result.standardError.contains("run"), "the remedy is named")
    }

    /// Of a program that nobody may run: a copy, so that everybody may.
    @Test func recordsItsOwnProcesses() async throws {
        let directory = try ScratchDirectory()
        let path = directory.file("chain")
        try FileManager.default.copyItem(
            atPath: try TestTarget("unwinding/chain-static").path, toPath: path)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: directory.path)
        let result = try await Self.run([
            "record", "--freq", "499", "--", path, "--depth", "3", "--milliseconds", "500",
        ])
        #expect(result.status == 0, "\(result)")
        let chain = "main;run_chain;plain_a;plain_b;plain_c;reach_leaf;burn_all;burn "
        let samples = result.standardOutput.split(separator: "\n")
            .filter { $0.contains(chain) && $0.contains("_start") }
            .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
        #expect(samples.reduce(0, +) > 30, "\(result)")
        #expect(result.standardError.contains("kernel.perf_event_paranoid"), "\(result)")
    }

    @Test func namesTheSettingThatForbidsSampling() async throws {
        let result = try await Self.run([
            "record", "--backend", "perf", "--all", "--duration", "1s",
        ])
        #expect(result.status == 77)
        #expect(result.standardError.contains("kernel.perf_event_paranoid is "), "\(result)")
    }

    @Test func refusesAnUnreadableFile() async throws {
        let directory = try ScratchDirectory()
        let path = try directory.write("secret", to: "secret")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: directory.path)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let result = try await Self.run(["functions", "--binary", path])
        #expect(result.status == 77)
        #expect(result.standardError.split(separator: "\n").count == 1)
        #expect(result.standardError.contains("\(path): permission denied"))
    }

    /// Reading what everybody may read needs no privilege.
    @Test func listsFunctionsOfAReadableFile() async throws {
        let directory = try ScratchDirectory()
        let path = directory.file("counter")
        try FileManager.default.copyItem(
            atPath: try TestTarget("counter").path, toPath: path)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: directory.path)
        let result = try await Self.run(["functions", "--binary", path, "counted_call"])
        #expect(result.status == 0)
        #expect(result.standardOutput.contains(" counter counted_call"))
    }

    @Test func doctorSaysWhatIsMissing() async throws {
        let result = try await Self.run(["doctor"])
        #expect(result.status == 77)
        let lines = result.standardOutput.split(separator: "\n")
        let privileges = try #require(lines.first { $0.hasPrefix("privileges") })
        #expect(privileges.contains("missing"))
        #expect(privileges.contains("run as root"))
    }
}
