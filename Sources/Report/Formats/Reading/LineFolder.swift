internal import Bytes

/// A reader of a text of samples: gets its lines one by one, and counts stacks.
protocol LineFolder: Sendable {
    /// What was counted so far.
    var stacks: StackCounter { get }

    /// Reads a line, which comes without its end.
    mutating func read(_ line: Span<UInt8>)

    /// Reads the lines of a text; the last one may lack its end.
    mutating func read(linesOf text: RawSpan)

    /// Takes note that there are no more lines.
    mutating func finish()
}

extension LineFolder {
    /// Reads the lines one by one.
    mutating func read(linesOf text: RawSpan) {
        var start = 0
        while start < text.byteCount {
            let next = text.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? text.byteCount
            var end = next
            if end > start, text.byte(at: end - 1) == UInt8(ascii: "\r") { end -= 1 }
            read(text.extracting(start..<end).elements)
            start = next + 1
        }
    }
}
