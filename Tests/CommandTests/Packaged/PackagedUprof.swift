import Foundation
import TestSupport

/// Bundles, built and run the way a user does, of the static uprof that `make static` leaves.
enum PackagedUprof {
    /// The static uprof.
    static let executable =
        ProcessInfo.processInfo.environment["UPROF_STATIC_EXECUTABLE"]
        ?? TestTarget.packageDirectory + "/dist/uprof"

    /// Whether it is there.
    static let capability = Capability(
        isAvailable: FileManager.default.isExecutableFile(atPath: executable),
        reason: "needs \(executable); make static")

    /// Runs a command of `uprof package`.
    static func package(_ arguments: [String]) async throws -> CommandResult {
        try await TestSupport.run(
            executable, ["package"] + arguments, within: .seconds(120))
    }

    /// Builds a bundle that counts the calls of a function.
    static func build(
        _ scratch: ScratchDirectory, _ options: [String] = [], function: String = "counted_call",
        name: String = "bundle"
    ) async throws -> String {
        let path = scratch.file(name)
        try await package(["build", "--attach", function] + options + ["-o", path]).check()
        return path
    }

    /// The types of the running kernel, in a file named by its release.
    static func ownTypes(_ scratch: ScratchDirectory) async throws -> String {
        let release = try await TestSupport.run("/bin/uname", ["-r"]).check().standardOutput
            .trimmingCharacters(in: .newlines)
        let path = scratch.file("\(release).btf")
        try FileManager.default.copyItem(atPath: "/sys/kernel/btf/vmlinux", toPath: path)
        return path
    }
}
