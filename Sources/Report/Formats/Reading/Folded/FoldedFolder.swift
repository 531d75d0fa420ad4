internal import Bytes

/// Reads folded lines, `root;caller;function COUNT`; lines that begin with `#` are comments.
struct FoldedFolder: LineFolder {
    private(set) var stacks = StackCounter()
    private var stack: [UInt32] = []

    mutating func read(_ line: Span<UInt8>) {
        let line = line.trimmed().bytes
        if FoldedStackLine.isComment(line) { return }
        guard let folded = FoldedStackLine(line, .one),
            // Exact, where a picture has no need to be.
            let count = StackCount(line.extracting(folded.countStart...))
        else {
            stacks.unreadableLines += 1
            return
        }
        stack.removeAll(keepingCapacity: true)
        let text = line.extracting(first: folded.stackEnd)
        var start = 0
        while start <= text.byteCount {
            let end = text.firstOffset(of: UInt8(ascii: ";"), from: start) ?? text.byteCount
            stack.append(stacks.name(text.extracting(start..<end)))
            start = end + 1
        }
        stacks.add(stack, count)
    }

    mutating func finish() {}
}
