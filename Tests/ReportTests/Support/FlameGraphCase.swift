import Foundation
import TestSupport
import Testing

/// Folded stacks of `TestTargets/flamegraphs`, and what flamegraph.pl draws of them.
struct FlameGraphCase: CustomTestStringConvertible {
    /// The input's name.
    let input: String
    /// How flamegraph.pl is called.
    var arguments: [String] = []

    private static let directory = TestTarget.packageDirectory + "/TestTargets/flamegraphs"

    /// The folded lines.
    var lines: String {
        get throws {
            try String(contentsOfFile: "\(Self.directory)/\(input).folded", encoding: .utf8)
        }
    }

    /// The boxes of a script in `PATH`, or else those once recorded with `record.py`.
    var expected: [FlameBox] {
        get async throws {
            guard let script = FlameGraphScript.current, script.isNew else { return try recorded }
            return try await script.draw(lines, arguments)
        }
    }

    var testDescription: String { ([input] + arguments).joined(separator: " ") }

    private var recorded: [FlameBox] {
        get throws {
            let file = "\(Self.directory)/boxes.txt"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            let sections = text.components(separatedBy: "\n\n## ").dropFirst()
            let section = try #require(
                sections.first { $0.hasPrefix("\(testDescription)\n") }, "\(self) is not recorded")
            return try section.split(separator: "\n").dropFirst().flatMap(Self.boxes).sorted()
        }
    }

    /// The boxes of a line: title, color and how many there are.
    private static func boxes(_ line: Substring) throws -> [FlameBox] {
        let fields = line.split(separator: "\t")
        try #require(fields.count == 3)
        let box = FlameBox(title: String(fields[0]), color: String(fields[1]))
        return Array(repeating: box, count: try #require(Int(fields[2])))
    }
}
