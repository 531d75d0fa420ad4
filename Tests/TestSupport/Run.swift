internal import Foundation

/// Runs a program to its end.
///
/// - Parameters:
///   - path: The program; no search through `PATH` (see ``Tool``).
///   - arguments: Its arguments, without its name.
///   - input: What it finds on its standard input.
///   - environment: What is added to or replaced in the environment of the tests.
///   - directory: The working directory, that of the tests if nil.
///   - limit: How long it may take before it is killed.
/// - Returns: How it ended and what it wrote.
/// - Throws: ``TestSupportError`` when it cannot be started or takes too long.
package func run(
    _ path: String, _ arguments: [String] = [], input: String = "",
    environment: [String: String] = [:], directory: String? = nil,
    within limit: Duration = .seconds(60)
) async throws -> CommandResult {
    let process = try RunningProcess(
        path, arguments, environment: environment, directory: directory)
    // On a thread of its own: a large input would block until the program has read it.
    Thread.detachNewThread {
        process.send(Array(input.utf8))
        process.closeInput()
    }
    return try await process.waitForExit(within: limit)
}
