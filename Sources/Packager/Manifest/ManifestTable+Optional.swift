/// Members that need not be there, and those with few values.
extension ManifestTable {
    /// - Throws: `Fault` if it is there, but no string of one line.
    mutating func stringIfThere(_ key: String) throws(Fault) -> String? {
        has(key) ? try string(key) : nil
    }

    /// - Throws: `Fault` if it is there, but not true or false.
    mutating func booleanIfThere(_ key: String) throws(Fault) -> Bool? {
        switch take(key) {
        case nil: return nil
        case .boolean(let boolean): return boolean
        default: throw fault(key, "is to be true or false")
        }
    }

    /// - Throws: `Fault` if it is there, but no integer.
    mutating func integerIfThere(_ key: String) throws(Fault) -> Int64? {
        has(key) ? try integer(key) : nil
    }

    /// - Throws: `Fault` if it is there, but no integer of a range.
    mutating func integerIfThere(
        _ key: String, in range: ClosedRange<Int64>
    ) throws(Fault) -> Int? {
        guard let integer = try integerIfThere(key) else { return nil }
        guard range.contains(integer) else {
            throw fault(key, "is to be between \(range.lowerBound) and \(range.upperBound)")
        }
        return Int(integer)
    }

    /// - Throws: `Fault` if it is longer than names are, or empty.
    mutating func identifier(_ key: String) throws(Fault) -> String {
        let text = try string(key)
        guard !text.isEmpty, text.utf8.count <= Self.longestName else {
            throw fault(key, "is to be a name of at most \(Self.longestName) bytes")
        }
        return text
    }

    /// - Throws: `Fault` if it is not one of the words.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, of type: Choice.Type
    ) throws(Fault) -> Choice {
        let text = try string(key)
        guard let choice = Choice(rawValue: text) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault(key, "is \(text.debugDescription), not one of \(words)")
        }
        return choice
    }

    /// - Throws: `Fault` if it is there, but not one of the words.
    mutating func choiceIfThere<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, of type: Choice.Type
    ) throws(Fault) -> Choice? {
        has(key) ? try choice(key, of: type) : nil
    }

    /// - Throws: `Fault` if it is neither a string nor an array of strings.
    mutating func stringOrStrings(_ key: String) throws(Fault) -> [String] {
        switch take(key) {
        case .string(let string): return [string]
        case .array(let elements):
            var strings: [String] = []
            for element in elements {
                guard case .string(let string) = element else { break }
                strings.append(string)
            }
            if strings.count == elements.count { return strings }
        default: break
        }
        throw fault(key, "is to be a string or an array of strings")
    }

    /// - Throws: `Fault` if it is there, but no array of tables.
    mutating func tablesIfThere(_ key: String) throws(Fault) -> [ManifestTable] {
        switch take(key) {
        case nil: return []
        case .array(let elements):
            guard elements.count <= Self.mostTables else {
                throw fault(key, "are more than \(Self.mostTables)")
            }
            var tables: [ManifestTable] = []
            for (index, element) in elements.enumerated() {
                tables.append(try ManifestTable(element, path: "\(pathName(key))[\(index)]"))
            }
            return tables
        default: throw fault(key, "is to be an array of tables, [[\(pathName(key))]]")
        }
    }

    /// Longer names are none, in bytes.
    private static let longestName = 128
    /// More programs, maps, parameters or columns than anybody writes.
    private static let mostTables = 256
}
