/// Stacks as folded lines, `root;caller;function COUNT`: what flame graph tools read.
///
/// Each stack is there once; lines are sorted by their bytes. Characters that would break a line
/// are replaced, so that every line has one meaning.
package struct FoldedStacks: Renderer {
    /// Which of a sample's values is counted.
    package var valueKind: StackProfile.ValueKind

    /// Folded lines of one of the values.
    package init(_ valueKind: StackProfile.ValueKind = .calls) {
        self.valueKind = valueKind
    }

    package func render(_ profile: StackProfile) -> String {
        guard let index = profile.valueIndex(of: valueKind) else { return "" }
        let names = profile.frames.map { Array(Self.name(of: $0).utf8) }
        var counts: [[UInt8]: UInt64] = [:]
        for sample in profile.samples where sample.values[index] != 0 {
            let line = Self.line(of: sample.stack, names)
            counts[line, default: 0].addClamping(sample.values[index])
        }
        var text: [UInt8] = []
        for (line, count) in counts.sorted(by: { ByteOrder.precedes($0.key, $1.key) }) {
            text += line
            text += " \(count)\n".utf8
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The frame's name as it can be in a line: `;` separates frames, and what kind of code it is
    /// shows only behind the name.
    static func name(of frame: Frame) -> String {
        let name = HarmlessText.of(frame.name.isEmpty ? "[unknown]" : frame.name)
        let mark = AnnotatedName.mark(of: frame.kind)
        return String(name.map { $0 == ";" ? ":" : $0 }) + (name.hasSuffix(mark) ? "" : mark)
    }

    private static func line(of stack: [Int], _ names: [[UInt8]]) -> [UInt8] {
        guard !stack.isEmpty else { return Array("[no stack]".utf8) }
        var line = Array(stack.map { names[$0] }.joined(separator: [UInt8(ascii: ";")]))
        // Many readers take a line that begins with # as a comment.
        if line.first == UInt8(ascii: "#") { line[0] = UInt8(ascii: "?") }
        return line
    }
}
