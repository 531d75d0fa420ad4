internal import Bytes

/// One line of folded stacks: `root;caller;function COUNT`, or two counts for a difference.
struct FoldedStackLine {
    /// How many counts a line has.
    enum Columns: Sendable {
        case one
        case two
    }

    /// Where the stack ends.
    let stackEnd: Int
    /// Where the last count begins.
    let countStart: Int
    /// The count; of two, the last one.
    let count: FoldedCount
    /// The first of two counts.
    let before: FoldedCount?

    /// Takes a line without its end apart, if it has as many counts as asked for.
    ///
    /// From its end on: names can hold anything.
    init?(_ line: RawSpan, _ columns: Columns) {
        guard let last = Self.count(atEndOf: line) else { return nil }
        count = last.count
        countStart = last.start
        switch columns {
        case .one:
            stackEnd = last.rest
            before = nil
        case .two:
            guard let first = Self.count(atEndOf: line.extracting(first: last.rest)) else {
                return nil
            }
            stackEnd = first.rest
            before = first.count
        }
    }

    /// Whether all lines of a text, the first of a file, have two counts.
    static func columns(of text: RawSpan) -> Columns {
        var start = 0
        var columns = Columns.one
        while start < text.byteCount {
            let end = text.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? text.byteCount
            let line = content(of: text.extracting(start..<end))
            start = end + 1
            if isComment(line) { continue }
            guard FoldedStackLine(line, .two) != nil else { return .one }
            columns = .two
        }
        return columns
    }

    /// A line without the carriage return of other systems.
    @_lifetime(copy line)
    static func content(of line: RawSpan) -> RawSpan {
        let end = line.byteCount - 1
        return line.byte(at: end) == UInt8(ascii: "\r") ? line.extracting(first: end) : line
    }

    /// Whether a line holds no stack: it is empty, or begins with `#`.
    static func isComment(_ line: RawSpan) -> Bool {
        line.byteCount == 0 || line.byte(at: 0) == UInt8(ascii: "#")
    }

    /// The count that ends a text, and where the rest ends, without the white space between them.
    private static func count(
        atEndOf text: RawSpan
    ) -> (count: FoldedCount, start: Int, rest: Int)? {
        var start = 0
        guard let count = FoldedCount(endOf: text, start: &start) else { return nil }
        guard let byte = text.byte(at: start - 1), isSpace(byte) else { return nil }
        return (count, start, start - 1)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
