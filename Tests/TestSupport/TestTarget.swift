internal import Foundation

/// A program of `TestTargets/`, built by its Makefile.
package struct TestTarget: Sendable {
    /// The file name in `TestTargets/build`.
    package var name: String

    /// The absolute path of the program or library.
    package var path: String

    /// Finds a built program or library by its file name.
    ///
    /// - Throws: ``TestSupportError/missingTarget(_:)`` when it is not built.
    package init(_ name: String) throws {
        self.name = name
        path = Self.buildDirectory + "/" + name
        guard FileManager.default.fileExists(atPath: path) else {
            throw TestSupportError.missingTarget(path)
        }
    }

    /// Whether the program is built; some need a compiler that not every machine has.
    package static func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: buildDirectory + "/" + name)
    }

    /// `TestTargets/build`, relative to this file.
    package static let buildDirectory = packageDirectory + "/TestTargets/build"

    /// The root of the package, relative to this file.
    package static let packageDirectory = URL(filePath: #filePath)
        .appending(path: "../../..").standardizedFileURL.path

    /// Starts the program.
    ///
    /// - Throws: ``TestSupportError`` when it cannot be started.
    package func start(
        _ arguments: [String] = [], environment: [String: String] = [:]
    ) throws -> RunningProcess {
        try RunningProcess(path, arguments, environment: environment)
    }

    /// Starts the program with `--wait` and returns once it is ready for an attach.
    ///
    /// - Throws: ``TestSupportError`` when it cannot be started or does not get ready.
    package func startWaiting(
        _ arguments: [String] = [], environment: [String: String] = [:]
    ) async throws -> RunningProcess {
        let process = try start(arguments + ["--wait"], environment: environment)
        try await process.waitForLine("ready")
        return process
    }

    /// Runs the program to its end.
    ///
    /// - Throws: ``TestSupportError`` when it cannot be started or takes too long.
    package func run(
        _ arguments: [String] = [], environment: [String: String] = [:],
        within limit: Duration = .seconds(60)
    ) async throws -> CommandResult {
        try await TestSupport.run(path, arguments, environment: environment, within: limit)
    }
}
