/// The names a JIT compiler gave its code in `perf-PID.map` (tools/perf/Documentation/
/// jit-interface.txt of the kernel's sources):
///
///     line = start " " size " " name "\n"
///
/// Numbers are hexadecimal, with or without `0x`; a name runs to the end of the line, spaces and
/// all. Of lines that overlap, the later one counts. Lines of another form are skipped and
/// counted. The last line is left until its line feed is there: it is still being written.
///
/// Time is O(n log n) in the lines, of which ``mostEntries`` are kept.
package struct PerfMap: Sendable {
    /// Lines that are kept; more are counted as skipped. The largest Java programs write some
    /// hundred thousand.
    package static let mostEntries = 4 << 20

    /// Lines that are not of the form, or too many.
    package private(set) var skippedLines = 0

    private var text: [UInt8] = []
    /// Values are where names are in `text`.
    private var ranges = LayeredRanges<Range<Int>>()

    /// Makes an empty map.
    package init() {}

    /// Reads a whole text; its last line counts without a line feed too.
    package init(parsing text: [UInt8]) {
        append(text.last == UInt8(ascii: "\n") ? text : text + [UInt8(ascii: "\n")])
    }

    /// How many lines have names.
    package var count: Int { ranges.items.count }

    /// Reads what was added to the text, up to its last line feed.
    ///
    /// - Returns: How many bytes that are; the rest is to be given again.
    @discardableResult
    package mutating func append(_ added: [UInt8]) -> Int {
        guard let last = added.lastIndex(of: UInt8(ascii: "\n")) else { return 0 }
        let base = text.count
        text += added[...last]
        var start = base
        while start < text.count {
            let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
            read(start..<end)
            start = end + 1
        }
        ranges.sort()
        return last + 1
    }

    /// The function an address is in.
    package func lookup(_ address: Address) -> Function? {
        guard let item = ranges.lookup(address.rawValue) else { return nil }
        return Function(
            name: String(decoding: text[item.value], as: UTF8.self), aliases: [],
            address: Address(item.start), size: item.end - item.start, fileOffset: nil,
            binding: .local, source: .perfMap, probeability: .notProbeable(.notInFile))
    }

    private mutating func read(_ line: Range<Int>) {
        var position = line.lowerBound
        var end = line.upperBound
        if end > position, text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        guard position < end else { return }
        guard ranges.items.count < Self.mostEntries,
            let start = number(&position, end), let size = number(&position, end), size > 0,
            position < end
        else {
            skippedLines += 1
            return
        }
        ranges.append(start: start, size: size, value: position..<end)
    }

    /// A hexadecimal number and the spaces behind it.
    private func number(_ position: inout Int, _ end: Int) -> UInt64? {
        if position + 1 < end, text[position] == UInt8(ascii: "0"),
            text[position + 1] | 0x20 == UInt8(ascii: "x")
        {
            position += 2
        }
        var value: UInt64 = 0
        var digits = 0
        while position < end, let digit = HexadecimalDigit.value(of: text[position]) {
            guard value >> 60 == 0 else { return nil }
            value = value << 4 | UInt64(digit)
            digits += 1
            position += 1
        }
        guard digits > 0, position < end, text[position] == UInt8(ascii: " ") else { return nil }
        while position < end, text[position] == UInt8(ascii: " ") { position += 1 }
        return value
    }
}
