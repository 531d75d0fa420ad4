@testable import Symbolizer

/// A row of unwind information as another tool prints it.
struct DumpedFrame {
    /// From where to where it holds.
    var addresses: Range<UInt64>
    /// How the CFA is found, in the words of the tool.
    var cfa: Substring
    /// Where registers are, in the words of the tool, by their names.
    var registers: [Substring: Substring]
}

extension DumpedFrame {
    /// The rows that `readelf --debug-dump=frames-interp` prints:
    ///
    ///     00000000 … 00000000 CIE "zR" cf=1 df=-8 ra=16
    ///        LOC           CFA      ra
    ///     0000000000000000 rsp+8    c-8
    ///
    ///     00000018 … 0000001c FDE cie=00000000 pc=0000000000001060..00000000000010db
    ///        LOC           CFA      rbx   rbp   ra
    ///     0000000000001060 rsp+8    u     u     c-8
    ///
    /// A function without instructions has no rows of its own, but that of its common part.
    static func readelf(_ text: String) -> [DumpedFrame] {
        var frames: [DumpedFrame] = []
        var commons: [Substring: DumpedFrame] = [:]
        for block in blocks(text) {
            let header = block[block.startIndex].split(separator: " ")
            if header.contains("CIE") {
                commons[header[0]] = rows(block, of: 0..<1).first
            } else if let function = header.last.flatMap({ range($0.dropFirst(3)) }) {
                let own = rows(block, of: function)
                if own.isEmpty, var frame = commons[header[header.count - 2].dropFirst(4)] {
                    frame.addresses = function
                    frames.append(frame)
                }
                frames += own
            }
        }
        return frames
    }

    /// The groups of lines between empty lines.
    private static func blocks(_ text: String) -> [ArraySlice<Substring>] {
        text.split(separator: "\n", omittingEmptySubsequences: false).split { $0.isEmpty }
    }

    private static func rows(
        _ block: ArraySlice<Substring>, of function: Range<UInt64>
    ) -> [DumpedFrame] {
        guard block.count > 2 else { return [] }
        let names = block.dropFirst().first?.split(separator: " ").dropFirst(2) ?? []
        var end = function.upperBound
        var frames: [DumpedFrame] = []
        for line in block.dropFirst(2).reversed() {
            let words = words(line)
            guard words.count == names.count + 2, let start = UInt64(words[0], radix: 16),
                start < end
            else { continue }
            let registers = Dictionary(zip(names, words.dropFirst(2)), uniquingKeysWith: { $1 })
            frames.append(
                DumpedFrame(addresses: start..<end, cfa: words[1], registers: registers))
            end = start
        }
        return frames.reversed()
    }

    /// The columns of a row; a register is its number and, in parentheses, its name.
    private static func words(_ line: Substring) -> [Substring] {
        line.split(separator: " ").reduce(into: []) { words, word in
            if word.hasPrefix("("), !words.isEmpty {
                words[words.count - 1] = word.dropFirst().dropLast()
            } else {
                words.append(word)
            }
        }
    }

    private static func range(_ text: Substring) -> Range<UInt64>? {
        let parts = text.split(separator: ".")
        guard parts.count == 2, let start = UInt64(parts[0], radix: 16),
            let end = UInt64(parts[1], radix: 16), start < end
        else { return nil }
        return start..<end
    }

    /// The rows that `llvm-dwarfdump --eh-frame` prints, with one address each:
    ///
    ///     00000018 … FDE cie=00000000 pc=00001000...00001014
    ///
    ///       0x1004: CFA=RSP+16: RBP=[CFA-16], RIP=[CFA-8]
    static func dwarfdump(_ text: String) -> [DumpedFrame] {
        var function = 0..<UInt64(0)
        var frames: [DumpedFrame] = []
        for line in text.split(separator: "\n") {
            if let place = line.split(separator: " ").last(where: { $0.hasPrefix("pc=") }) {
                function = range(place.dropFirst(3)) ?? 0..<0
            }
            let parts = line.split(separator: ":", maxSplits: 2).map { $0.drop { $0 == " " } }
            // Instructions at the very end of a function make a row that is behind it.
            guard parts.count > 1, let start = UInt64(parts[0].dropFirst(2), radix: 16),
                parts[0].hasPrefix("0x"), function.contains(start)
            else { continue }
            frames.append(
                DumpedFrame(
                    addresses: start..<start + 1, cfa: parts[1].drop { $0 != "=" }.dropFirst(),
                    registers: [:]))
        }
        return frames
    }
}
