import TestSupport

@testable import Report

extension FlameTree {
    /// The stacks of folded lines.
    init(folded text: String, _ options: FoldedParser.Options = .init()) {
        self.init(folded: Array(text.utf8), options)
    }

    /// The stacks of folded lines, whatever their bytes are.
    init(folded bytes: [UInt8], _ options: FoldedParser.Options = .init()) {
        var parser = FoldedParser(options)
        parser.read((bytes + [UInt8(ascii: "\n")]).span.bytes)
        self = parser.finish()
    }

    /// Each stack with its value: `a;b=3`.
    var stacks: [String] {
        (0..<count).filter { values[$0] > 0 }.map { node in
            "\(stack(node))=\(FoldedCount.text(values[node], fractionDigits))"
        }.sorted()
    }

    private func stack(_ node: Int) -> String {
        var frames: [String] = []
        var node = node
        while node != Self.root {
            frames.append(names.text(of: Int(frameNumber(of: node))))
            node = caller(of: node)
        }
        return frames.reversed().joined(separator: ";")
    }
}
