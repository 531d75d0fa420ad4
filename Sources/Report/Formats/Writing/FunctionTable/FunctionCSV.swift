/// The functions of a profile as comma-separated values (RFC 4180), those with the most of their
/// own first.
///
/// A spreadsheet takes what begins with `=`, `+`, `-` or `@` as a formula: such names get an
/// apostrophe before them.
///
/// What a function has in total is counted once a stack, however often it is in it.
package struct FunctionCSV: Renderer {
    private struct Key: Hashable {
        var name: String
        var module: String
    }

    private struct Entry {
        var key: Key
        var own: [UInt64]
        var total: [UInt64]
        var lastSample = -1
    }

    /// A table of functions.
    package init() {}

    package func render(_ profile: StackProfile) -> String {
        let kinds = profile.valueKinds.map(\.name)
        let titles = kinds.flatMap { ["self_\($0)", "total_\($0)"] }
        var text = Self.line(["function", "module"] + titles)
        for entry in entries(profile) {
            let values = zip(entry.own, entry.total).flatMap { [String($0), String($1)] }
            text += Self.line([entry.key.name, entry.key.module] + values)
        }
        return text
    }

    private func entries(_ profile: StackProfile) -> [Entry] {
        var entries: [Entry] = []
        let zeros = [UInt64](repeating: 0, count: profile.valueKinds.count)
        var known: [Key: Int] = [:]
        let numbers = profile.frames.map { frame in
            let key = Key(name: frame.name, module: frame.module)
            let number = known[key] ?? entries.count
            if number == entries.count {
                known[key] = number
                entries.append(Entry(key: key, own: zeros, total: zeros))
            }
            return number
        }
        for (index, sample) in profile.samples.enumerated() {
            for number in sample.stack.map({ numbers[$0] })
            where entries[number].lastSample != index {
                entries[number].lastSample = index
                Self.add(sample.values, to: &entries[number].total)
            }
            if let leaf = sample.stack.last {
                Self.add(sample.values, to: &entries[numbers[leaf]].own)
            }
        }
        return entries.sorted(by: Self.precedes)
    }

    private static func add(_ values: [UInt64], to sums: inout [UInt64]) {
        for (index, value) in values.enumerated() { sums[index].addClamping(value) }
    }

    private static func precedes(_ left: Entry, _ right: Entry) -> Bool {
        if left.own != right.own { return left.own.lexicographicallyPrecedes(right.own, by: >) }
        if left.total != right.total {
            return left.total.lexicographicallyPrecedes(right.total, by: >)
        }
        return (left.key.name, left.key.module) < (right.key.name, right.key.module)
    }

    private static func line(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\r\n"
    }

    private static func quoted(_ field: String) -> String {
        var text = HarmlessText.of(field)
        if let first = text.unicodeScalars.first, "=+-@".unicodeScalars.contains(first) {
            text = "'" + text
        }
        guard text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
