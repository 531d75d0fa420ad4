internal import Bytes

/// Reads folded lines, `root;caller;function COUNT`; lines that begin with `#` are comments.
struct FoldedFolder: LineFolder {
    private(set) var stacks = StackCounter()
    private var path = StackPath()
    private var stack: [UInt32] = []

    mutating func read(linesOf text: RawSpan) {
        path.reset()
        var start = 0
        while start < text.byteCount {
            let end = text.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? text.byteCount
            let line = text.elements.trimmed(start..<end)
            start = end + 1
            read(line, of: text)
        }
    }

    mutating func read(_ line: Span<UInt8>) { read(linesOf: line.bytes) }

    mutating func finish() {}

    private mutating func read(_ range: Range<Int>, of text: RawSpan) {
        let line = text.extracting(range)
        if FoldedStackLine.isComment(line) { return }
        guard let folded = FoldedStackLine(line, .one),
            // Exact, where a picture has no need to be.
            let count = StackCount(line.extracting(folded.countStart...))
        else {
            stacks.unreadableLines += 1
            return
        }
        let end = range.lowerBound + folded.stackEnd
        let kept = path.read(range.lowerBound..<end, of: text, &stacks.names)
        stack.removeLast(stack.count - kept)
        for depth in kept..<path.count { stack.append(path[depth]) }
        stacks.add(stack, count)
    }
}
