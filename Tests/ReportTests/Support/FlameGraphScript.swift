import Foundation
import TestSupport

/// Brendan Gregg's flamegraph.pl: one in `PATH`, or else Debian's, which is from 2014.
struct FlameGraphScript {
    private static let packaged = "/usr/share/perl5/Devel/NYTProf/flamegraph.pl"

    /// Where it is.
    let path: String
    /// Whether it has flame charts, differences as they are today, and colors by names.
    let isNew: Bool

    /// The one there is, or nil.
    static let current: FlameGraphScript? = {
        let isPackaged = FileManager.default.isReadableFile(atPath: packaged)
        guard let path = Tool.path("flamegraph.pl") ?? (isPackaged ? packaged : nil),
            let source = try? String(contentsOfFile: path, encoding: .utf8)
        else { return nil }
        return FlameGraphScript(path: path, isNew: source.contains("random_namehash"))
    }()

    /// The boxes it draws of folded lines.
    ///
    /// - Throws: `TestSupportError` when the script fails.
    func draw(_ lines: String, _ arguments: [String] = []) async throws -> [FlameBox] {
        let arguments = [path, "--minwidth", "0"] + arguments
        let result = try await run("/usr/bin/perl", arguments, input: lines).check()
        return FlameBox.all(in: result.standardOutput)
    }
}
