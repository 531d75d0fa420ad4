/// The first line of a sample: `COMM PID[/TID] [[CPU]] [TIME: [PERIOD] EVENT:]`.
///
/// The thread's name may hold spaces, digits and colons: it ends before the first number that is
/// followed by white space. All are ranges of the line.
struct PerfHeader {
    /// The thread's name, with the spaces in it.
    var command: Range<Int>
    /// The first number.
    var process: Range<Int>
    /// The number behind a `/`; empty if there is none.
    var thread: Range<Int>
    /// The number before the event; empty if there is none.
    var period = 0..<0
    /// The event; nil if the line does not end with one.
    var event: Range<Int>?

    /// Reads a line; nil if it is none.
    init?(_ line: Span<UInt8>) {
        guard let first = line.count > 0 ? line[0] : nil, !ASCII.isSpace(first) else { return nil }
        var end = 2  // A name has at least two characters.
        while end < line.count {
            guard ASCII.isSpace(line[end]) else {
                end += 1
                continue
            }
            let next = line.skip(ASCII.isSpace, from: end)
            if let ids = Self.ids(in: line, from: next) {
                command = 0..<end
                (process, thread) = ids
                readEvent(line)
                return
            }
            end = next
        }
        return nil
    }

    private static func ids(
        in line: Span<UInt8>, from first: Int
    ) -> (process: Range<Int>, thread: Range<Int>)? {
        let firstEnd = line.skip(ASCII.isDigit, from: first)
        guard firstEnd > first else { return nil }
        let second = line.skip({ $0 == UInt8(ascii: "/") }, from: firstEnd)
        let secondEnd = line.skip(ASCII.isDigit, from: second)
        guard secondEnd < line.count, ASCII.isSpace(line[secondEnd]) else { return nil }
        return (first..<firstEnd, second..<secondEnd)
    }

    /// `: [PERIOD] EVENT:` at the end of the line.
    private mutating func readEvent(_ line: Span<UInt8>) {
        let end = line.skipBack(ASCII.isSpace, from: line.count)
        guard end > 0, line[end - 1] == UInt8(ascii: ":") else { return }
        let start = line.skipBack({ !ASCII.isSpace($0) }, from: end)
        let number = line.skipBack(ASCII.isSpace, from: start)
        guard end - start >= 2, number < start else { return }
        let digits = line.skipBack(ASCII.isDigit, from: number)
        let colon = digits < number ? line.skipBack(ASCII.isSpace, from: digits) : digits
        guard colon > 0, line[colon - 1] == UInt8(ascii: ":") else { return }
        period = digits..<number
        event = start..<(end - 1)
    }
}
