internal import Bytes

/// Reads the call graph of macOS's `sample`: a tree by indentation, each line with its total.
///
///     +   240 start  (in dyld) + 1942  [0x18fc7d0e0]
///
/// What a function has for itself is its total less those of the lines below it.
struct MacSampleFolder: LineFolder {
    private struct Entry {
        var column: Int
        var name: UInt32
        var own: Int64
    }

    private(set) var stacks = StackCounter()
    private var isInGraph = false
    private var path: [Entry] = []

    mutating func read(_ line: Span<UInt8>) {
        if line.starts(with: "Call graph") {
            isInGraph = true
        } else if line.starts(with: "Total number") {
            leave(to: 0)
            isInGraph = false
        } else if isInGraph {
            readEntry(line)
        }
    }

    mutating func finish() { leave(to: 0) }

    private mutating func readEntry(_ line: Span<UInt8>) {
        let column = line.skip({ Array(" +!|:".utf8).contains($0) }, from: 0)
        let end = line.skip(ASCII.isDigit, from: column)
        guard end > column, let total = Int64(line.extracting(column..<end).bytes.text) else {
            return
        }
        leave(to: column)
        if !path.isEmpty { path[path.count - 1].own -= total }
        let name = Self.name(line.extracting(end...).trimmed())
        path.append(Entry(column: column, name: stacks.name(name.span.bytes), own: total))
    }

    /// Ends the entries that are not left of a column.
    private mutating func leave(to column: Int) {
        while let last = path.last, last.column >= column {
            if last.own > 0 { stacks.add(path.map(\.name), StackCount(UInt64(last.own))) }
            path.removeLast()
        }
    }

    /// The module and the function, as ``module`function``.
    private static func name(_ text: Span<UInt8>) -> [UInt8] {
        guard let module = text.first(of: "  (in ") else {
            let end = text.first(of: "  [") ?? text.count
            return clean(text.extracting(..<end).array)
        }
        let name = text.extracting(..<module).array
        let rest = text.extracting((module + 6)...)
        let end = rest.first(of: ")") ?? rest.count
        return clean(rest.extracting(..<end).array) + "`".utf8 + clean(name)
    }

    private static func clean(_ name: [UInt8]) -> [UInt8] {
        name.map { $0 == UInt8(ascii: ";") ? UInt8(ascii: ":") : $0 }
    }
}
