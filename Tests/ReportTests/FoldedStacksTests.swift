import Report
import TestSupport
import Testing

@Suite("Folded stacks")
struct FoldedStacksTests {
    private func profile(_ stacks: [([String], UInt64)]) -> StackProfile {
        var profile = StackProfile(valueKinds: [.calls, .totalNanoseconds])
        for (names, value) in stacks {
            profile.add(names.map { Frame($0, module: "m") }, values: [value, value * 1_000])
        }
        return profile
    }

    @Test("are merged and sorted by their bytes")
    func sorting() {
        let profile = profile([
            (["main", "b"], 2), (["main", "a"], 1), (["main", "b"], 3), (["main"], 4),
            (["main", "é"], 1), (["main", "z"], 1), (["Main"], 1), (["main", "a", "x"], 1),
        ])
        #expect(
            FoldedStacks().render(profile) == """
                Main 1
                main 4
                main;a 1
                main;a;x 1
                main;b 5
                main;z 1
                main;é 1

                """)
    }

    @Test("count what is asked for, and nothing without it")
    func kinds() {
        let profile = profile([(["f"], 2)])
        #expect(FoldedStacks(.totalNanoseconds).render(profile) == "f 2000\n")
        #expect(FoldedStacks().render(StackProfile(valueKinds: [.totalNanoseconds])).isEmpty)
    }

    @Test(
        "have one meaning, whatever the names are",
        arguments: [
            (["a;b", "c"], "a:b;c 1\n"), (["a\nb\r", "c 2"], "a\u{FFFD}b\u{FFFD};c 2 1\n"),
            (["", "x"], "[unknown];x 1\n"), (["#x"], "?x 1\n"), ([], "[no stack] 1\n"),
            (["operator()(int) const"], "operator()(int) const 1\n"),
        ])
    func names(names: [String], line: String) {
        #expect(FoldedStacks().render(profile([(names, 1)])) == line)
    }

    @Test("keep the sum, for any stacks")
    func sum() {
        var random = SeededGenerator()
        let alphabet = ["a", "b;", "c\n", "d e", "#", ""]
        let stacks = (0..<500).map { _ in
            let depth = Int.random(in: 0..<6, using: &random)
            let names = (0..<depth).map { _ in alphabet.randomElement(using: &random) ?? "" }
            return (names, UInt64.random(in: 0..<1_000, using: &random))
        }
        let lines = FoldedStacks().render(profile(stacks)).split(separator: "\n")
        let values = lines.map { $0.split(separator: " ").last.flatMap { UInt64($0) } ?? 0 }
        #expect(values.reduce(0, +) == stacks.map(\.1).reduce(0, +), "seed \(random.seed)")
        #expect(Set(lines).count == lines.count)
    }
}
