import Packager
import Symbolizer
import TestSupport
import Testing

/// What a manifest says, and what is refused.
@Suite struct ManifestTests {
    private static let manifest = Manifest(
        name: "calls", version: "1.0", summary: "Über \"calls\" \\ all", command: .attach,
        arguments: ["--func", "a:/b \"c\"/", "--stacks"])

    private func parse(_ text: String) throws -> Manifest {
        try Manifest(parsing: Array(text.utf8).span.bytes, file: "bundle")
    }

    @Test func `comes back as it was written`() throws {
        #expect(try parse(Self.manifest.text) == Self.manifest)
    }

    @Test(arguments: [
        ("", "format is to be an integer"), ("format = 2", "another format"),
        ("format = 1\nname = 5", "name is to be a string"), ("format = ", "line 1: "),
        ("[run]\n[run]\n", "line 2: "),
    ])
    func `says what is wrong`(text: String, problem: String) throws {
        let error = try #require(throws: ManifestError.self) { try parse(text) }
        #expect(error.description.contains(problem))
    }

    @Test(arguments: [
        ("attach", "destroy"), ("1.0", "1.0\\n"), ("[run]", "other = 1\n[run]"),
        ("arguments = [", "arguments = [1, "), ("command", "commands"),
    ])
    func `refuses what it does not know`(part: String, other: String) throws {
        let text = Self.manifest.text
        #expect(text.contains(part))
        #expect(throws: ManifestError.self) {
            try parse(text.replacing(part, with: other))
        }
    }

    /// Cut off, or with changed bytes: an error or another manifest, never the end of the program.
    @Test func `survives any text`() {
        let bytes = Array(Self.manifest.text.utf8)
        for count in bytes.indices {
            _ = try? Manifest(parsing: Array(bytes[..<count]).span.bytes, file: "bundle")
        }
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            var changed = bytes
            for _ in 0..<3 {
                let position = Int.random(in: changed.indices, using: &generator)
                changed[position] = UInt8.random(in: .min ... .max, using: &generator)
            }
            _ = try? Manifest(parsing: changed.span.bytes, file: "bundle")
        }
    }

    /// So deep that a careless parser would run out of stack.
    @Test func `refuses nests without end`() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: ManifestError.self) { try parse("a = \(deep)") }
    }
}
