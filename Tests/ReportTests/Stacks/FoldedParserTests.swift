import TestSupport
import Testing

@testable import Report

@Suite("Folded stacks, read")
struct FoldedParserTests {
    private func ignored(_ text: String) -> Int {
        var parser = FoldedParser()
        parser.read(Array((text + "\n").utf8).span.bytes)
        return parser.ignoredLines
    }

    struct Line: Sendable {
        let text: String
        let stacks: [String]

        init(_ text: String, _ stacks: String...) {
            self.text = text
            self.stacks = stacks
        }
    }

    @Test(
        "reads what lines hold",
        arguments: [
            Line("a;b 3", "a;b=3"),
            Line("a;b 3\r", "a;b=3"),
            Line("a b;operator new(unsigned long) 3", "a b;operator new(unsigned long)=3"),
            Line("a;b 3\na;b\t4", "a;b=7"),
            Line("a;  3", "a; =3"),
            Line("a 1\n\n# b 5\na 2", "a=3"),
            Line("a 0.1\na 0.2", "a=0.3"),
            Line("a 1\nb 2.50\na 5.", "a=6", "b=2.5"),
            Line("a 0.0000001\nb 0.0000019", "b=0.000001"),
            Line("a 18446744073709551615", "a=18446744073709551615"),
            Line("a 9007199254740993\na 9007199254740993", "a=18014398509481986"),
            Line("a 007", "a=7"),
            Line("all;all;all 2", "all;all;all=2"),
            Line("a;;b; 1", "a;;b=1"),
            Line(" 4", "=4"),
            Line("b 1\na 1\nb;c 1\nb 1", "a=1", "b;c=1", "b=2"),
            Line("thread 12 5\nmain 3", "main=3", "thread 12=5"),
        ])
    func lines(line: Line) {
        #expect(FlameTree(folded: line.text).stacks == line.stacks)
        #expect(ignored(line.text) == 0)
    }

    @Test(
        "ignores and counts what has no count",
        arguments: ["a", "a -5", "a .5", "7", "a 1e5", "a;b 5x", "a 1.2.3x"])
    func ignored(line: String) {
        #expect(FlameTree(folded: line).isEmpty)
        #expect(ignored("b 1\n" + line) == 1)
    }

    @Test("reads two counts where all lines have them")
    func twoCounts() {
        let tree = FlameTree(folded: "a;b 3 5\na;c 1 0\nd 0.5 2")
        #expect(tree.stacks == ["a;b=5", "d=2"])
        #expect(tree.valuesBefore.filter { $0 > 0 }.sorted() == [5, 10, 30])
        #expect(!FlameTree(folded: "a 3 5\nb 4").isDifference)
    }

    @Test("cuts what does not fit into 64 bits, and says so")
    func overflow() {
        #expect(FlameTree(folded: "a 99999999999999999999").isClamped)
        #expect(FlameTree(folded: "a 18446744073709551615\na 1").stacks == ["a=\(UInt64.max)"])
        #expect(FlameTree(folded: "a 18446744073709551615\nb 0.5").isClamped)
        #expect(!FlameTree(folded: "a 1844674407370955161\nb 0.5").isClamped)
    }

    @Test("turns stacks round")
    func reversal() {
        var options = FoldedParser.Options()
        options.isReversed = true
        #expect(FlameTree(folded: "a;b;c 1\nd;c 2", options).stacks == ["c;b;a=1", "c;d=2"])
    }

    @Test("keeps time in order for a flame chart")
    func chart() {
        var options = FoldedParser.Options()
        options.isFlameChart = true
        let tree = FlameTree(folded: "a;b 1\na;c 2\nd 1\na;b 3", options)
        #expect(tree.starts == [0, 0, 0, 1, 3, 4, 4])
        #expect(FlameLayout(tree, smallestShare: 0).boxes.map(\.end) == [7, 3, 1, 3, 4, 7, 7])
    }

    @Test("marks the wakers of a chain")
    func wakers() {
        var options = FoldedParser.Options()
        options.marksWakers = true
        #expect(
            FlameTree(folded: "a;b;--;c;d;--;e 1\nf 2", options).stacks
                == ["a;b;--;c_[w];d_[w];--;e_[w]=1", "f=2"])
    }

    @Test(
        "makes addresses equal",
        arguments: [
            ("0x12aF", "0x..."), ("f+0x1g", "f+0x...g"), ("0x", "0x"), ("0xx0x1", "0xx0x..."),
            ("00x1", "00x..."),
        ])
    func hexadecimals(name: String, expected: String) {
        var options = FoldedParser.Options()
        options.stripsHexadecimals = true
        #expect(FlameTree(folded: "\(name) 1", options).stacks == ["\(expected)=1"])
    }

    @Test("takes stacks deeper than any machine's")
    func deep() {
        let names = (0..<5_000).map { "f\($0 % 3)" }
        let tree = FlameTree(folded: names.joined(separator: ";") + " 1")
        #expect(FlameLayout(tree, smallestShare: 0).depth == 5_000)
    }

    @Test("takes a million stacks")
    func many() {
        let text = (0..<1_000_000).map { "a;f\($0 / 1_000);g\($0 % 1_000) 1\n" }.joined()
        let tree = FlameTree(folded: text)
        #expect(tree.count == 1 + 1 + 1_000 + 1_000_000)
        #expect(FlameLayout(tree, smallestShare: 0).width == 1_000_000)
    }

    /// Long names too, since what lines have in common is looked for in blocks.
    @Test("has the same stacks however lines come", .serialized, arguments: 0..<20)
    func agreement(round: Int) throws {
        var random = SeededGenerator(defaultSeed: UInt64(round))
        let long = String(repeating: "x", count: 61 + round)
        let names = ["a", "ab", "a b", "", "é", "a;b", "12", "#", "-", long, "\(long)y"]
        var expected: [String: UInt64] = [:]
        var lines: [String] = []
        for _ in 0..<200 {
            let stack =
                (0..<Int.random(in: 0...6, using: &random))
                .map { _ in names.randomElement(using: &random) ?? "" } + ["z"]
            let count = UInt64.random(in: 1...9, using: &random)
            // A first name of `#` would make it a comment.
            let text = "r;" + stack.joined(separator: ";")
            lines.append("\(text) \(count)")
            expected[text, default: 0] += count
        }
        let stacks = expected.map { "\($0.key)=\($0.value)" }.sorted()
        #expect(FlameTree(folded: lines.joined(separator: "\n")).stacks == stacks, "\(random.seed)")
        let folded = expected.map { "\($0.key) \($0.value)\n" }.sorted().joined()
        #expect(try fold(lines.joined(separator: "\n"), .folded) == folded, "\(random.seed)")
        lines.sort()
        #expect(try fold(lines.joined(separator: "\r\n"), .folded) == folded)
        #expect(FlameTree(folded: lines.joined(separator: "\r\n")).stacks == stacks)
    }

    @Test("survives any bytes", arguments: 0..<8)
    func fuzz(round: Int) {
        var random = SeededGenerator(defaultSeed: UInt64(round))
        let alphabet = Array("ab;; \t\r\n#.0123456789-_[k]\u{FF}".utf8) + [0, 0xFF, 0xED, 0xA0]
        let bytes = (0..<1_500).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        for options in Self.allOptions {
            let tree = FlameTree(folded: bytes, options)
            let layout = FlameLayout(tree, smallestShare: 0)
            #expect(layout.boxes.allSatisfy { $0.start <= $0.end }, "seed \(random.seed)")
            #expect(!FlameGraphSVG().draw(tree).svg.isEmpty)
        }
    }

    private static var allOptions: [FoldedParser.Options] {
        (0..<16).map { bits in
            var options = FoldedParser.Options()
            options.isReversed = bits & 1 > 0
            options.isFlameChart = bits & 2 > 0
            options.stripsHexadecimals = bits & 4 > 0
            options.marksWakers = bits & 8 > 0
            return options
        }
    }
}
