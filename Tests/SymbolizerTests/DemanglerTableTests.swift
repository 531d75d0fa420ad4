import Foundation
import TestSupport
import Testing

@testable import Symbolizer

/// Names of real programs, of every form the languages have, with what the demanglers of their
/// own toolchains make of them (`TestTargets/names/mangled`).
@Suite struct DemanglerTableTests {
    struct Row: Sendable {
        var mangled: String
        var name: String
    }

    private static func rows(_ language: String) throws -> [Row] {
        let path = "\(TestTarget.packageDirectory)/TestTargets/names/mangled/\(language).txt"
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            let parts = $0.split(separator: "\t", maxSplits: 1).map(String.init)
            try #require(parts.count == 2)
            return Row(mangled: parts[0], name: parts[1])
        }
    }

    @Test(arguments: [("cpp", 200), ("rust", 80), ("swift", 200)])
    func `demangles as the recorded oracle`(language: String, least: Int) throws {
        let rows = try Self.rows(language)
        #expect(rows.count >= least)
        let wrong = rows.compactMap { row -> String? in
            let ours = Demangler.demangle(row.mangled) ?? row.mangled
            return ours == row.name ? nil : "\(row.mangled): \(ours), not \(row.name)"
        }
        #expect(wrong.isEmpty)
    }

    /// That the records are what the oracles say, where these are installed.
    @Test(arguments: [
        ("cpp", "c++filt", "--no-verbose"), ("rust", "c++filt", "--no-verbose"),
        ("swift", "swift-demangle", "--compact --no-sugar"),
    ])
    func `the oracles still say so`(language: String, tool: String, options: String) throws {
        guard let path = Tool.path(tool) else { return }
        let rows = try Self.rows(language)
        let input = rows.map(\.mangled).joined(separator: "\n") + "\n"
        let answers = try Fixture.output("'\(path)' \(options)", input: input)
            .split(separator: "\n").map(String.init)
        #expect(answers == rows.map(\.name))
    }

    /// The demangler of another project, for what the two do not spell differently: lambdas,
    /// types without names, `decltype`, thread-local and `nullptr`.
    @Test func `another demangler agrees`() throws {
        guard let path = Tool.path("llvm-cxxfilt") else { return }
        let spelledDifferently = ["{", "decltype", "TLS ", "guard", "construction vtable"]
        let rows = try Self.rows("cpp").filter { row in
            !spelledDifferently.contains { row.name.contains($0) }
        }
        let input = rows.map(\.mangled).joined(separator: "\n") + "\n"
        let answers = try Fixture.output("'\(path)'", input: input).split(separator: "\n")
        try #require(answers.count == rows.count)
        func plain(_ name: String) -> String {
            name.replacingOccurrences(of: "[clone ", with: "(")
                .filter { !" ()[]".contains($0) }
        }
        let wrong = zip(rows, answers).filter { plain($0.name) != plain(String($1)) }
        #expect(wrong.isEmpty)
        #expect(rows.count > 150)
    }

    /// Nothing shorter than a name, nor a name with a wrong end, is taken for one.
    @Test(arguments: ["cpp", "rust", "swift"])
    func `a cut name is another name or none, and costs no more`(language: String) throws {
        for row in try Self.rows(language).prefix(60) {
            for count in 0..<row.mangled.utf8.count {
                let cut = String(row.mangled.prefix(count))
                let name = Demangler.demangle(cut)
                #expect(name != cut)
                #expect(name.map { $0.utf8.count < 1 << 20 } ?? true)
            }
        }
    }

    /// Names nested as no source is: what cannot be demangled stays as it is, in bounded time.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ("_Z1f", "P", "i"), ("_Z1f", "N1a", "E"), ("_Z1f", "1aI", "E"), ("_Z1f", "FvP", "E"),
            ("_ZN", "1a", "E"), ("_Z1fI", "J", "E"), ("_Z", "N1aC1E", ""), ("_RNv", "C", "1a"),
            ("_R", "NvNt", "C1a1b1c"), ("_RI", "NvC1a1bI", "E"), ("_RMC1a", "R", "u"),
            ("$s", "Say", "G"), ("$s", "4main1aV", "D"), ("$s1a", "yy", "F"), ("$s", "Sg", "D"),
            ("_ZN", "17h0123456789abcdefE", ""), ("_T0", "S", "a"),
        ])
    func `survives depth`(prefix: String, part: String, end: String) {
        for depth in [10, 100, 1000, 5000, 30_000] {
            for closing in [1, depth] {
                let name =
                    prefix + String(repeating: part, count: depth)
                    + String(repeating: end, count: end.isEmpty ? 1 : closing)
                let demangled = Demangler.demangle(name)
                #expect(demangled != name)
                _ = Demangler.baseName(name)
            }
        }
    }
}
