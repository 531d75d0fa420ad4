import TestSupport
import Testing

@testable import Report

@Suite("Flame graph layout")
struct FlameLayoutTests {
    private func layout(_ stacks: [(String, UInt64)], smallestShare: Double = 0) -> [String] {
        let tree = FlameTree(profile(stacks), valueIndex: 0)
        let layout = FlameLayout(tree, smallestShare: smallestShare)
        return layout.boxes.map { box in
            let frame = Int(tree.frameNumber(of: box.node))
            let name = box.node == FlameTree.root ? "all" : tree.frame(frame).name
            return "\(box.depth) \(name) \(box.start)..<\(box.end)"
        }
    }

    private func profile(_ stacks: [(String, UInt64)]) -> StackProfile {
        var profile = StackProfile(valueKinds: [.calls])
        for (stack, value) in stacks {
            profile.add(stack.split(separator: ";").map { Frame(String($0)) }, values: [value])
        }
        return profile
    }

    @Test("merges callers and sorts callees by name")
    func merging() {
        #expect(
            layout([("main;b", 2), ("main;a;c", 3), ("main;b;a", 1), ("main", 4)]) == [
                "0 all 0..<10", "1 main 0..<10", "2 a 4..<7", "3 c 4..<7", "2 b 7..<10",
                "3 a 9..<10",
            ])
    }

    @Test("keeps the same name from different modules apart")
    func modules() {
        var profile = StackProfile(valueKinds: [.calls])
        for module in ["b", "a", "b"] { profile.add([Frame("f", module: module)], values: [1]) }
        let tree = FlameTree(profile, valueIndex: 0)
        let layout = FlameLayout(tree, smallestShare: 0)
        #expect(layout.boxes.map(\.width) == [3, 1, 2])
        #expect(layout.boxes.dropFirst().map { tree.frameNumber(of: $0.node) } == [1, 0])
    }

    @Test("leaves out what is too small, in its place and with what is above it")
    func pruning() {
        #expect(
            layout([("a;x", 1), ("b", 98), ("c;y;z", 1)], smallestShare: 0.02)
                == ["0 all 0..<100", "1 b 1..<99"])
    }

    @Test("has nothing to show of nothing", arguments: [[], [("a", 0)], [("", 0)]])
    func empty(stacks: [(String, UInt64)]) {
        #expect(layout(stacks).isEmpty)
    }

    @Test("counts stacks without frames to the whole")
    func noFrames() {
        #expect(layout([("", 5), ("a", 1)]) == ["0 all 0..<6", "1 a 5..<6"])
    }

    @Test("stays within 64 bits")
    func overflow() {
        #expect(
            layout([("a", .max), ("b", 5)]) == ["0 all 0..<\(UInt64.max)", "1 a 0..<\(UInt64.max)"])
    }

    @Test("does not depend on the order of samples")
    func determinism() {
        var random = SeededGenerator()
        var stacks: [(String, UInt64)] = (0..<200).map { number in
            let names = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                ["a", "b", "c"].randomElement(using: &random) ?? ""
            }
            return (names.joined(separator: ";"), UInt64(number))
        }
        let before = layout(stacks)
        stacks.shuffle(using: &random)
        #expect(layout(stacks) == before, "seed \(random.seed)")
    }

    @Test("puts boxes inside those of their callers")
    func nesting() {
        var random = SeededGenerator()
        let stacks: [(String, UInt64)] = (0..<300).map { number in
            let names = (0..<20).map { _ in ["a", "b"].randomElement(using: &random) ?? "" }
            return (names.joined(separator: ";"), 1)
        }
        var callers: [FlameLayout.Box] = []
        let tree = FlameTree(profile(stacks), valueIndex: 0)
        for box in FlameLayout(tree, smallestShare: 0).boxes {
            callers.removeSubrange(min(box.depth, callers.count)...)
            #expect(callers.count == box.depth)
            #expect(callers.last.map { $0.start <= box.start && box.end <= $0.end } ?? true)
            callers.append(box)
        }
    }

    @Test("takes stacks deeper than any machine's")
    func deep() {
        let depth = 50_000
        var profile = StackProfile(valueKinds: [.calls])
        profile.add((0..<depth).map { Frame("f\($0 % 2)") }, values: [1])
        let tree = FlameTree(profile, valueIndex: 0)
        #expect(FlameLayout(tree, smallestShare: 0).depth == depth)
    }
}
