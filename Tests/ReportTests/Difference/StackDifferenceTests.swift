import TestSupport
import Testing

@testable import Report

@Suite("Differences of stacks")
struct StackDifferenceTests {
    private func lines(
        _ before: String, _ after: String, normalizes: Bool = false, stripsHex: Bool = false
    ) -> [String] {
        var options = FoldedParser.Options()
        options.stripsHexadecimals = stripsHex
        options.keepsEmptyEnds = true
        let difference = StackDifference(
            before: FlameTree(folded: before, options), after: FlameTree(folded: after, options),
            scaling: normalizes ? .rounded : .none)
        var bytes: [UInt8] = []
        FoldedDifference(difference).write { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("has the counts of both for each stack")
    func counts() {
        #expect(lines("a;b 1\nc 2", "a;b 3\na 4") == ["a 0 4", "a;b 1 3", "c 2 0"])
        #expect(lines("a 0\nb; 1", "c 0.5\nb; 0.25") == ["a 0 0", "b; 1 0.25", "c 0 0.5"])
        #expect(lines(" 4", "a 1") == [" 4 0", "a 0 1"])
    }

    @Test("is sorted by the bytes of stacks")
    func order() {
        let stacks = ["a", "a b", "a b;c", "a!;x", "a;b", "a;b;c", "ab", "é"]
        let expected = ["a", "a b", "a b;c", "a!;x", "a;b", "a;b;c", "ab", "é"]
        let text = stacks.reversed().map { "\($0) 1\n" }.joined()
        #expect(lines(text, "a 1") == expected.map { "\($0) 1 \($0 == "a" ? 1 : 0)" })
    }

    /// What difffolded.pl 1.0 prints with -n: each count is rounded down on its own.
    @Test("normalizes as difffolded.pl does")
    func normalization() {
        #expect(
            lines("a 1\nb 2\nc 4", "a 5\nb 5", normalizes: true) == ["a 1 5", "b 2 5", "c 5 0"])
        #expect(lines("a 10", "a 3\nb 7", normalizes: true) == ["a 10 3", "b 0 7"])
        #expect(lines("a 0.5\nb 1", "a 3", normalizes: true) == ["a 1 3", "b 2 0"])
        #expect(lines("a 3\nb 4", "a 1", normalizes: true) == ["a 0 1", "b 0 0"])
        let large = "a 9223372036854775807\nb 9223372036854775807"
        #expect(lines(large, "a 2", normalizes: true) == ["a 1 2", "b 1 0"])
    }

    @Test("keeps the sum where rests are carried")
    func exactSum() {
        let before = FlameTree(folded: (0..<100).map { "a;f\($0) 1" }.joined(separator: "\n"))
        for sum in [50, 99, 100, 101, 1_000] {
            let after = FlameTree(folded: "a \(sum)")
            let tree = StackDifference(before: before, after: after, scaling: .exact).tree
            let scaled = tree.valuesBefore.reduce(0, +)
            #expect((UInt64(sum) - 1...UInt64(sum)).contains(scaled))
        }
    }

    @Test("treats addresses as equal if asked")
    func addresses() {
        #expect(lines("f+0x1 1", "f+0x2 2", stripsHex: true) == ["f+0x... 1 2"])
        #expect(lines("f+0x1 1", "f+0x2 2") == ["f+0x1 1 0", "f+0x2 0 2"])
    }

    @Test("shows what is gone as wide as it was")
    func gone() {
        let difference = StackDifference(
            before: FlameTree(folded: "a;b 6\nc;d 4"), after: FlameTree(folded: "a;b 5"))
        let drawing = FlameGraphSVG().draw(difference.drawing).svg
        let svg = String(decoding: drawing, as: UTF8.self)
        #expect(svg.contains("<title>b (5 calls, 100.00%; -20.00%)</title>"))
        #expect(svg.contains("<title>d (0 calls, 0.00%; -80.00%)</title>"))
        #expect(svg.components(separatedBy: "fill=\"url(#gone)\"").count == 3)
        #expect(svg.contains("striped: gone (40.0% of before)"))
        #expect(FlameLayout(difference.drawing, smallestShare: 0).width == 9)
    }

    @Test("has the sums of both, whatever the stacks are", arguments: 0..<10)
    func sums(round: Int) {
        var random = SeededGenerator(defaultSeed: UInt64(round))
        func stacks() -> ([String: Int], String) {
            var counts: [String: Int] = [:]
            for _ in 0..<100 {
                let names = (0..<3).map { _ in
                    ["a", "b", "a b", "c;"].randomElement(using: &random)
                }
                let stack = names.compactMap(\.self).joined(separator: ";")
                counts[stack, default: 0] += Int.random(in: 1...9, using: &random)
            }
            return (counts, counts.map { "\($0.key) \($0.value)" }.joined(separator: "\n"))
        }
        let ((before, first), (after, second)) = (stacks(), stacks())
        let expected = Set(before.keys).union(after.keys).map {
            "\($0) \(before[$0] ?? 0) \(after[$0] ?? 0)"
        }
        #expect(Set(lines(first, second)) == Set(expected), "seed \(random.seed)")
    }
}

extension String {
    /// The parts between separators.
    fileprivate func components(separatedBy separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}
