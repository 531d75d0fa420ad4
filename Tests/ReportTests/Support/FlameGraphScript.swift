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

    /// Whether the one there is is new.
    static var hasNew: Bool { current?.isNew == true }

    /// The picture of folded lines.
    ///
    /// - Throws: `TestSupportError` when the script fails.
    func draw(_ lines: String, _ arguments: [String]) async throws -> String {
        try await run("/usr/bin/perl", [path] + arguments, input: lines).check().standardOutput
    }
}
