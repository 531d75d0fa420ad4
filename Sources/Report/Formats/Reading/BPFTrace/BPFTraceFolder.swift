internal import Bytes

/// Reads the maps of bpftrace that have a stack among their keys: `@name[` … `]: COUNT`.
///
/// Keys may be several stacks, names and numbers in any order, separated by `, `; the frames of a
/// stack are on lines of their own, the innermost first. A later key is taken as further out, as
/// in `@[ustack, comm]`, unless it comes before all stacks. Offsets behind functions are left out.
struct BPFTraceFolder: LineFolder {
    private(set) var stacks = StackCounter()
    private var isInMap = false
    private var outermost: [[UInt8]] = []
    private var frames: [[UInt8]] = []  // leaf first

    mutating func read(_ line: Span<UInt8>) {
        let line = line.trimmed()
        guard line.count > 0 else { return }
        if isInMap {
            readKey(line)
        } else if line[0] == UInt8(ascii: "@") {
            start(line)
        } else if !line.starts(with: "Attaching ") {
            stacks.unreadableLines += 1
        }
    }

    mutating func finish() {
        if isInMap { stacks.unfinishedSamples += 1 }
    }

    /// `@name[`, with the keys before the first stack, or `@name[key, key]: COUNT`.
    private mutating func start(_ line: Span<UInt8>) {
        guard let bracket = line.first(of: "[") else {
            stacks.unreadableLines += 1
            return
        }
        isInMap = true
        outermost = []
        frames = []
        let keys = line.extracting((bracket + 1)...)
        if Self.end(of: keys) != nil {
            readKey(keys)
        } else {
            outermost = Self.keys(keys)
        }
    }

    private mutating func readKey(_ line: Span<UInt8>) {
        guard let end = Self.end(of: line) else {
            if line[0] == UInt8(ascii: ",") {
                frames += Self.keys(line)
            } else {
                frames.append(Self.withoutOffset(line).array)
            }
            return
        }
        isInMap = false
        frames += Self.keys(line.extracting(..<end.bracket))
        let stack = outermost + frames.reversed()
        guard !stack.isEmpty else { return }
        stacks.add(stack.map { stacks.name($0.span.bytes) }, end.count)
    }

    /// `]: COUNT` at the end of a line.
    private static func end(of line: Span<UInt8>) -> (bracket: Int, count: StackCount)? {
        let start = line.skipBack(ASCII.isDigit, from: line.count)
        guard start >= 3, line.hasText("]: ", at: start - 3),
            let count = StackCount(line.extracting(start...).bytes)
        else { return nil }
        return (start - 3, count)
    }

    private static func keys(_ line: Span<UInt8>) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        var key: [UInt8] = []
        for index in 0..<line.count {
            if line.hasText(", ", at: index) || (line[index] == 0x2C && index == line.count - 1) {
                keys.append(key)
                key = []
            } else {
                key.append(line[index])
            }
        }
        return (keys + [key]).map { $0.span.trimmed().array }.filter { !$0.isEmpty }
    }

    /// `function+12`, where the digits are decimal.
    @_lifetime(copy line)
    private static func withoutOffset(_ line: Span<UInt8>) -> Span<UInt8> {
        let start = line.skipBack(ASCII.isDigit, from: line.count)
        guard start > 1, start < line.count, line[start - 1] == UInt8(ascii: "+") else {
            return line
        }
        return line.extracting(..<(start - 1))
    }
}
