internal import Bytes

/// Reads folded lines, `root;caller;function COUNT`; lines that begin with `#` are comments.
struct FoldedFolder: LineFolder {
    private(set) var stacks = StackCounter()
    private var stack: [UInt32] = []

    mutating func read(_ line: Span<UInt8>) {
        let line = line.trimmed()
        guard line.count > 0, line[0] != UInt8(ascii: "#") else { return }
        guard let folded = FoldedLine(line) else {
            stacks.unreadableLines += 1
            return
        }
        stack.removeAll(keepingCapacity: true)
        let text = line.extracting(folded.stack).bytes
        var start = 0
        while start <= text.byteCount {
            let end = text.firstOffset(of: UInt8(ascii: ";"), from: start) ?? text.byteCount
            stack.append(stacks.name(text.extracting(start..<end)))
            start = end + 1
        }
        stacks.add(stack, folded.count)
    }

    mutating func finish() {}
}

/// A folded line in its parts.
struct FoldedLine {
    /// Where the stack is.
    let stack: Range<Int>
    /// How often it was met.
    let count: StackCount

    /// Takes a line without white space at its ends apart; nil if it ends in no number.
    init?(_ line: Span<UInt8>) {
        let start = line.skipBack({ !ASCII.isSpace($0) }, from: line.count)
        guard let count = StackCount(line.extracting(start...).bytes) else { return nil }
        let end = line.skipBack(ASCII.isSpace, from: start)
        guard end > 0 else { return nil }
        stack = 0..<end
        self.count = count
    }
}
