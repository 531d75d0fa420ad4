import Foundation
import TestSupport
import Testing

/// A browser without a window that opens a page and runs a script in it.
struct Browser {
    /// Opens a page with a script behind all else.
    ///
    /// - Parameters:
    ///   - page: The file's text.
    ///   - name: Its name, with the extension the browser goes by.
    ///   - script: An element with the script.
    ///   - end: The tag that the script comes before.
    ///   - state: What is behind the file in the address.
    ///   - arguments: More arguments for the browser.
    /// - Returns: What the console has, a line each; nothing if all is well.
    /// - Throws: `TestSupportError` if the browser does not run.
    static func console(
        page: String, name: String, script: String, before end: String, state: String = "",
        arguments: [String] = []
    ) async throws -> [String] {
        let directory = try ScratchDirectory()
        let tag = try #require(page.range(of: end, options: .backwards))
        let path = try directory.write(
            page.replacingCharacters(in: tag, with: script + end), to: name)
        let result = try await run(
            try #require(Tool.path("chromium")),
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
                "--user-data-dir=\(directory.file("profile"))", "--window-size=1020,600",
                "--virtual-time-budget=20000",
            ] + arguments + ["--dump-dom", "file://\(path)\(state)"])
        let console = result.standardError.split(separator: "\n").filter { $0.contains("CONSOLE") }
        return console.map { line in
            line.split(separator: "\"").dropFirst().first.map(String.init) ?? String(line)
        }
    }
}
