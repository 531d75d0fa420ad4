/// A frame in `perf script`: `ADDRESS FUNCTION[+0xOFFSET] (MODULE)`, ranges of its line.
///
/// Functions and modules may hold spaces and parentheses; the module is what the last ` (` begins.
struct PerfFrameLine {
    /// The address, in hexadecimal digits.
    var address: Range<Int>
    /// The function, without the offset in it.
    var function: Range<Int>
    /// The module, without a ` (deleted)` behind it.
    var module: Range<Int>
    /// From the ` (` before the module to the end of the line.
    var moduleWithParentheses: Range<Int>

    /// Reads a line; nil if it is none.
    @inline(__always)
    init?(_ line: Span<UInt8>) {
        let start = line.skip(ASCII.isSpace, from: 0)
        let addressEnd = line.skip(ASCII.isWord, from: start)
        guard addressEnd > start, let close = line.last(UInt8(ascii: ")"), before: line.count)
        else { return nil }
        let isDeleted = line.extracting(..<(close + 1)).ends(with: " (deleted))")
        let moduleEnd = isDeleted ? close - 10 : close
        guard let open = Self.open(line, before: moduleEnd) else { return nil }

        // Where the function is missing, it is a space, or the last digit of the address: the
        // grammar asks for something.
        var begin = line.skip(ASCII.isSpace, from: addressEnd)
        begin = min(begin, open - 1)
        guard begin > start else { return nil }
        address = start..<min(addressEnd, begin)
        function = begin..<Self.withoutOffset(line, begin..<open)
        module = (open + 2)..<moduleEnd
        moduleWithParentheses = open..<(close + 1)
    }

    /// The index of the last ` (` before `end`.
    private static func open(_ line: Span<UInt8>, before end: Int) -> Int? {
        var end = end
        while let found = line.last(UInt8(ascii: "("), before: end), found > 0 {
            if line[found - 1] == UInt8(ascii: " ") { return found - 1 }
            end = found
        }
        return nil
    }

    /// Where a function's name ends if `+0x1f` behind it does not count.
    @inline(__always)
    private static func withoutOffset(_ line: Span<UInt8>, _ function: Range<Int>) -> Int {
        var digits = function.upperBound
        while digits > function.lowerBound, ASCII.isHexadecimal(line[digits - 1]) { digits -= 1 }
        // The 0 of 0x is no digit of the number: 0x is before the first x.
        guard digits < function.upperBound, digits - 3 >= function.lowerBound,
            line[digits - 1] == UInt8(ascii: "x"), line[digits - 2] == UInt8(ascii: "0"),
            line[digits - 3] == UInt8(ascii: "+")
        else { return function.upperBound }
        return digits - 3
    }
}
