internal import Foundation

/// The `uprof` executable under test.
package enum UprofCommand {
    /// The executable's path: `UPROF_EXECUTABLE`, else beside the test bundle, else the debug build.
    ///
    /// - Throws: ``TestSupportError/missingExecutable(_:)`` when there is none.
    package static func path() throws -> String {
        if let path = ProcessInfo.processInfo.environment["UPROF_EXECUTABLE"] { return path }
        let programs = ["/proc/self/exe", CommandLine.arguments[0]]
        let besides = programs.map { program in
            URL(filePath: program).resolvingSymlinksInPath().deletingLastPathComponent()
                .appending(path: "uprof").path(percentEncoded: false)
        }
        let candidates = besides + [TestTarget.packageDirectory + "/.build/debug/uprof"]
        guard
            let path = candidates.first(where: FileManager.default.isExecutableFile(atPath:))
        else { throw TestSupportError.missingExecutable(candidates) }
        return path
    }

    /// Starts uprof.
    ///
    /// - Throws: ``TestSupportError`` when it cannot be started.
    package static func start(
        _ arguments: [String], environment: [String: String] = [:], directory: String? = nil
    ) throws -> RunningProcess {
        try RunningProcess(path(), arguments, environment: environment, directory: directory)
    }

    /// Runs uprof to its end.
    ///
    /// - Throws: ``TestSupportError`` when it cannot be started or takes too long.
    package static func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:],
        directory: String? = nil, within limit: Duration = .seconds(60)
    ) async throws -> CommandResult {
        try await TestSupport.run(
            path(), arguments, input: input, environment: environment, directory: directory,
            within: limit)
    }
}
