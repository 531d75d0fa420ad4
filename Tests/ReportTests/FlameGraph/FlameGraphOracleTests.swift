import TestSupport
import Testing

@testable import Report

/// The same numbers and colors as flamegraph.pl, for the same lines: as it drew them when they were
/// recorded, or draws them now where `PATH` has it.
@Suite("Flame graphs beside flamegraph.pl")
struct FlameGraphOracleTests {
    private func ours(
        _ lines: String, _ reading: FoldedParser.Options = .init(),
        _ change: (inout FlameGraphOptions) -> Void = { _ in }
    ) -> [FlameBox] {
        var options = FlameGraphOptions()
        options.countName = "samples"
        options.minimumWidth = .pixels(0)
        change(&options)
        let tree = FlameTree(folded: lines, reading)
        let svg = String(decoding: FlameGraphSVG(options: options).draw(tree).svg, as: UTF8.self)
        return FlameBox.all(in: svg)
    }

    /// Sums of each function, where flamegraph.pl has two boxes for what one stands for here: its
    /// order is that of lines, so that `main` is not beside `main;a` if there is `main b`.
    private func totals(of boxes: [FlameBox]) -> [String: Int] {
        boxes.reduce(into: [:]) { totals, box in totals[box.name, default: 0] += box.count }
    }

    private static func reading(_ arguments: [String]) -> FoldedParser.Options {
        var reading = FoldedParser.Options()
        reading.isReversed = arguments.contains("--reverse")
        reading.isFlameChart = arguments.contains("--flamechart")
        return reading
    }

    private static let orders = [[], ["--inverted"], ["--reverse"], ["--flamechart"]]

    @Test(
        "have the same totals",
        arguments: ["generated", "shell"].flatMap { name in
            orders.map { FlameGraphCase(input: name, arguments: $0) }
        })
    func totals(of example: FlameGraphCase) async throws {
        let boxes = try ours(example.lines, Self.reading(example.arguments)) { options in
            options.isInverted = example.arguments.contains("--inverted")
        }
        #expect(boxes.count > 50)
        #expect(try await totals(of: boxes) == totals(of: example.expected))
    }

    /// Stacks that nobody has recorded, with what the script of 2014 that Debian has knows too: no
    /// annotations, no angle brackets, no flame charts.
    @Test(
        "have the same totals for any stacks",
        .enabled(if: FlameGraphScript.current != nil, "flamegraph.pl is not installed"),
        arguments: 0..<3)
    func totals(round: Int) async throws {
        let script = try #require(FlameGraphScript.current)
        var random = SeededGenerator(defaultSeed: UInt64(round))
        let lines = lines(&random)
        for arguments in Self.orders where script.isNew || arguments != ["--flamechart"] {
            let expected = try await script.draw(lines, arguments)
            let boxes = ours(lines, Self.reading(arguments))
            #expect(totals(of: boxes) == totals(of: expected), "\(arguments) \(random.seed)")
        }
    }

    /// Each stack has a value, since zero widths are not drawn.
    private func lines(_ random: inout SeededGenerator) -> String {
        let names = [
            "main", "a::b", "x:::y", "lib`f", "/x/node.js:3", "a.pl", "é漢",
            "operator new(unsigned long)",
        ]
        return (0..<300).map { _ in
            let depth = Int.random(in: 1...8, using: &random)
            let stack = (0..<depth).map { _ in names.randomElement(using: &random) ?? "" }
            return "r;\(stack.joined(separator: ";")) \(Int.random(in: 1...999, using: &random))"
        }.sorted().joined(separator: "\n") + "\n"
    }

    @Test(
        "have the same titles where stacks are the same",
        arguments: [["--factor", "3"], ["--total", "2000000"], []])
    func titles(arguments: [String]) async throws {
        let example = FlameGraphCase(input: "titles", arguments: arguments)
        let boxes = try ours(example.lines) { options in
            if arguments.first == "--factor" { options.factor = 3 }
            if arguments.first == "--total" { options.total = 2_000_000 }
        }
        #expect(try await boxes.map(\.title) == example.expected.map(\.title))
    }

    @Test(
        "have the same colors",
        arguments: FlamePalette.allCases.filter { ![.module, .python, .rust].contains($0) },
        [false, true])
    func colors(palette: FlamePalette, isByHash: Bool) async throws {
        let arguments = ["--colors", palette.rawValue] + (isByHash ? ["--hash"] : [])
        let example = FlameGraphCase(input: "colors", arguments: arguments)
        var reading = FoldedParser.Options()
        reading.marksWakers = palette == .chain
        let boxes = try ours(example.lines, reading) { options in
            options.palette = palette
            options.colorsByHash = isByHash
        }
        #expect(try await Set(boxes) == Set(example.expected))
    }

    /// No stack is gone: those are drawn here only.
    @Test("have the same differences", arguments: [[], ["--negate"]])
    func difference(arguments: [String]) async throws {
        let example = FlameGraphCase(input: "difference", arguments: arguments)
        let boxes = try ours(example.lines) { $0.isNegated = !arguments.isEmpty }
        let expected = try await example.expected.filter { $0.name != "all" }
        #expect(boxes.filter { $0.name != "all" } == expected)
    }
}
