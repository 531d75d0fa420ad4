import Foundation
import TestSupport
import Testing

@testable import Report

/// The same numbers and colors as flamegraph.pl, for the same lines.
@Suite(
    "Flame graphs beside flamegraph.pl",
    .enabled(if: FlameGraphScript.current != nil, "flamegraph.pl is not installed"))
struct FlameGraphOracleTests {
    /// Stacks with names of all kinds; each has a value, since zero widths are not drawn. The script
    /// of 2014 that Debian has knows no annotations and shows angle brackets as others.
    private func lines(_ random: inout SeededGenerator) -> String {
        var names = [
            "main", "a::b", "x:::y", "lib`f", "/x/node.js:3", "a.pl", "é漢",
            "operator new(unsigned long)",
        ]
        if FlameGraphScript.hasNew {
            names += ["foo_[k]", "bar_[i]", "java/lang/String_[j]", "w_[w]", "<&>"]
        }
        return (0..<300).map { _ in
            let depth = Int.random(in: 1...8, using: &random)
            let stack = (0..<depth).map { _ in names.randomElement(using: &random) ?? "" }
            return "r;\(stack.joined(separator: ";")) \(Int.random(in: 1...999, using: &random))"
        }.sorted().joined(separator: "\n") + "\n"
    }

    private func theirs(_ lines: String, _ arguments: [String]) async throws -> String {
        let script = try #require(FlameGraphScript.current)
        return try await script.draw(lines, ["--minwidth", "0"] + arguments)
    }

    private func ours(
        _ lines: String, _ reading: FoldedParser.Options = .init(),
        _ change: (inout FlameGraphOptions) -> Void = { _ in }
    ) -> String {
        var options = FlameGraphOptions()
        options.countName = "samples"
        options.minimumWidth = .pixels(0)
        change(&options)
        let tree = FlameTree(folded: lines, reading)
        return String(decoding: FlameGraphSVG(options: options).draw(tree).svg, as: UTF8.self)
    }

    /// The title of each box with its fill, in any order.
    private func boxes(in svg: String, withColors: Bool) -> [String] {
        let frames = svg.components(separatedBy: "id=\"frames\"").last ?? ""
        return frames.components(separatedBy: "<title>").dropFirst().compactMap { part in
            let pieces = part.components(separatedBy: "</title>")
            guard pieces.count > 1, let rectangle = pieces[1].range(of: "<rect ") else {
                return nil
            }
            let color =
                pieces[1][rectangle.upperBound...].components(separatedBy: "fill=\"")
                .dropFirst().first?.prefix { $0 != "\"" } ?? ""
            return withColors ? "\(pieces[0]) \(color)" : pieces[0]
        }.sorted()
    }

    /// Sums of each function, where flamegraph.pl has two boxes for what one stands for here: its
    /// order is that of lines, so that `main` is not beside `main;a` if there is `main b`.
    private func totals(of boxes: [String]) -> [String: Int] {
        boxes.reduce(into: [:]) { totals, title in
            let parts = title.components(separatedBy: " (")
            let count = parts.last?.prefix { $0 != " " }.filter(\.isNumber) ?? ""
            totals[parts.dropLast().joined(separator: " ("), default: 0] += Int(count) ?? 0
        }
    }

    @Test("have the same totals", arguments: 0..<3)
    func totals(round: Int) async throws {
        var random = SeededGenerator(defaultSeed: UInt64(round))
        let lines = lines(&random)
        var reversed = FoldedParser.Options()
        reversed.isReversed = true
        var chart = FoldedParser.Options()
        chart.isFlameChart = true
        for (arguments, reading) in [
            ([], FoldedParser.Options()), (["--inverted"], .init()), (["--reverse"], reversed),
            (["--flamechart"], chart),
        ] {
            if arguments == ["--flamechart"], FlameGraphScript.current?.isNew != true { continue }
            let expected = boxes(in: try await theirs(lines, arguments), withColors: false)
            let boxes = boxes(in: ours(lines, reading), withColors: false)
            #expect(totals(of: boxes) == totals(of: expected), "\(arguments) \(random.seed)")
        }
    }

    @Test(
        "have the same titles where stacks are the same", .enabled(if: FlameGraphScript.hasNew))
    func titles() async throws {
        let lines = "a;b 3\na;b;c 1234567\nd 0.5\ne;f_[k] 2.25\n"
        for arguments in [["--factor", "3"], ["--total", "2000000"], []] {
            let expected = boxes(in: try await theirs(lines, arguments), withColors: false)
            let svg = ours(lines) { options in
                if arguments.first == "--factor" { options.factor = 3 }
                if arguments.first == "--total" { options.total = 2_000_000 }
            }
            #expect(boxes(in: svg, withColors: false) == expected, "\(arguments)")
        }
    }

    @Test(
        "have the same colors", .enabled(if: FlameGraphScript.hasNew),
        arguments: FlamePalette.allCases.filter { ![.module, .python, .rust].contains($0) })
    func colors(palette: FlamePalette) async throws {
        let names = [
            "java/lang/String_[j]", "foo_[i]", "sys_[k]", "a::b", "x:::y", "Lorg/foo", "main",
            "/x/node.js:3", "Perl_run", "a.pl", "é漢", "lib`foo", "abc_[w]", "a/b_[j]", " ",
            "node:internal",
        ]
        let lines = names.enumerated().map { "r;--;\($1) \($0 + 1)\n" }.joined()
        for byHash in [false, true] {
            let arguments = ["--colors", palette.rawValue] + (byHash ? ["--hash"] : [])
            var reading = FoldedParser.Options()
            reading.marksWakers = palette == .chain
            let svg = ours(lines, reading) { options in
                options.palette = palette
                options.colorsByHash = byHash
            }
            let expected = Set(boxes(in: try await theirs(lines, arguments), withColors: true))
            #expect(Set(boxes(in: svg, withColors: true)) == expected, "\(arguments)")
        }
    }

    @Test(
        "have the same differences", .enabled(if: FlameGraphScript.hasNew),
        arguments: [false, true])
    func difference(isNegated: Bool) async throws {
        // No stack is gone: those are drawn here only.
        let lines = "a;b 3 5\na;b;c 10 1\na;d 0 4\ne 7 7\n"
        let svg = ours(lines) { $0.isNegated = isNegated }
        let expected = try await theirs(lines, isNegated ? ["--negate"] : [])
        let boxes = boxes(in: svg, withColors: true).filter { !$0.hasPrefix("all ") }
        #expect(
            boxes == self.boxes(in: expected, withColors: true).filter { !$0.hasPrefix("all ") })
    }
}
