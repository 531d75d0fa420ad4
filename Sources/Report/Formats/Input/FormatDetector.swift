internal import Bytes

/// Tells the format of a file by its first bytes.
enum FormatDetector {
    /// The format; nil if it is none that is known.
    ///
    /// - Throws: `FormatError` for files of a format that has to be converted first.
    static func format(of start: [UInt8], path: String) throws(FormatError) -> ProfileFormat? {
        if start.starts(with: "PERFILE2".utf8) {
            throw FormatError(path: path, reason: .perfData)
        }
        let text = start.span.trimmed()
        guard text.count > 0 else { return nil }
        if text[0] == UInt8(ascii: "{") { return json(text) }
        // Protocol buffers have bytes that no text has, but for names in folded stacks.
        if start.contains(where: { $0 < 9 || ($0 > 13 && $0 < 27) }), !beginsFolded(text) {
            return .pprof
        }
        return textFormat(start)
    }

    private static func json(_ text: Span<UInt8>) -> ProfileFormat? {
        if text.first(of: "uprof.profile/") != nil { return .json }
        if text.first(of: "speedscope") != nil || text.first(of: "\"profiles\"") != nil {
            return .speedscope
        }
        return nil
    }

    private static func textFormat(_ start: [UInt8]) -> ProfileFormat? {
        var lines = start.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
            .prefix(1_000).map { Array($0) }
        // The last line may be cut.
        if lines.count > 1, start.last != UInt8(ascii: "\n") { lines.removeLast() }
        for line in lines {
            if let format = format(ofLine: line.span) { return format }
        }
        let counts = lines.count { StackCount($0.span.trimmed().bytes) != nil }
        return counts > 0 && lines.contains { ASCII.isSpace($0[0]) } ? .dtrace : nil
    }

    /// What a line alone gives away.
    private static func format(ofLine line: Span<UInt8>) -> ProfileFormat? {
        if line.starts(with: "@"), line.first(of: "[") != nil { return .bpftrace }
        if line.starts(with: "Analysis of sampling") || line.starts(with: "Call graph:") {
            return .sample
        }
        if line.starts(with: "PeriodType:") || line.starts(with: "Samples:") { return .go }
        if line.trimmed().starts(with: "CPU"), line.first(of: "FUNCTION:NAME") != nil {
            return .dtrace
        }
        if line.starts(with: "# cmdline") || line.starts(with: "# perf version") { return .perf }
        if isAddressed(line) { return .perf }
        if line[0] == UInt8(ascii: "#") || ASCII.isSpace(line[0]) { return nil }
        if let header = PerfHeader(line), header.event != nil || hasTime(line, header) {
            return .perf
        }
        return isFolded(line) ? .folded : nil
    }

    private static func beginsFolded(_ text: Span<UInt8>) -> Bool {
        isFolded(
            text.extracting(first: text.bytes.firstOffset(of: UInt8(ascii: "\n")) ?? text.count))
    }

    private static func isFolded(_ line: Span<UInt8>) -> Bool {
        FoldedStackLine(line.trimmed().bytes, .one) != nil
    }

    /// Whether a line begins with an address and ends with a module.
    private static func isAddressed(_ line: Span<UInt8>) -> Bool {
        let text = line.trimmed()
        let end = text.skip(ASCII.isHexadecimal, from: 0)
        guard end > 1, end < text.count, ASCII.isSpace(text[end]) else { return false }
        return text.ends(with: ")") && text.first(of: " (") != nil
    }

    /// `12.345678:` behind the numbers of the process and the thread.
    private static func hasTime(_ line: Span<UInt8>, _ header: PerfHeader) -> Bool {
        let start = max(header.process.upperBound, header.thread.upperBound)
        for index in start..<line.count where line[index] == UInt8(ascii: ":") {
            let digits = line.skipBack(ASCII.isDigit, from: index)
            if digits < index, digits > 0, line[digits - 1] == UInt8(ascii: ".") { return true }
        }
        return false
    }
}
