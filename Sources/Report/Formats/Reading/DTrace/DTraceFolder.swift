internal import Bytes

/// Reads stacks as DTrace's aggregations print them: frames on lines of their own, the innermost
/// first, and below them a line with the count. Gives what stackcollapse.pl gives.
struct DTraceFolder: LineFolder {
    private(set) var stacks = StackCounter()
    private var stack: [[UInt8]] = []  // root first
    private var lineNumber = 0
    private var headerLines = 0

    mutating func read(_ line: Span<UInt8>) {
        lineNumber += 1
        let text = line.trimmed()
        // The header is a line of titles, one of the probe that fired, and an empty one.
        if lineNumber == 1, text.starts(with: "CPU") { headerLines = 3 }
        guard lineNumber > headerLines, text.count > 0 else { return }
        if let count = StackCount(text.bytes), text.first(of: ".") == nil {
            stacks.add(stack.map { stacks.name($0.span.bytes) }, count)
            stack = []
            return
        }
        var frame = Self.withoutOffset(text).array
        Self.removeArguments(&frame)
        stack = Self.names(frame) + stack
    }

    mutating func finish() {
        if !stack.isEmpty { stacks.unfinishedSamples += 1 }
    }

    /// Without the last `+` and what follows it.
    @_lifetime(copy frame)
    private static func withoutOffset(_ frame: Span<UInt8>) -> Span<UInt8> {
        guard let plus = frame.last(UInt8(ascii: "+"), before: frame.count) else { return frame }
        return frame.extracting(..<plus)
    }

    /// Arguments of C++ functions and templates: from the last parenthesis or `<` behind `::` on.
    private static func removeArguments(_ frame: inout [UInt8]) {
        guard let colons = frame.span.first(of: "::") else { return }
        let marks = [UInt8(ascii: "("), UInt8(ascii: "<")]
        guard let mark = frame.lastIndex(where: marks.contains), mark >= colons + 2 else { return }
        frame.removeSubrange(mark...)
    }

    private static func names(_ frame: [UInt8]) -> [[UInt8]] {
        guard !frame.isEmpty else { return [Array("-".utf8)] }
        return PerfFrameNames.chain(frame).enumerated().map { depth, name in
            var name = name.map { $0 == UInt8(ascii: ";") ? UInt8(ascii: ":") : $0 }
            if name.first == UInt8(ascii: "L") { name.removeFirst() }
            return depth > 0 ? name + "_[i]".utf8 : name
        }
    }
}
