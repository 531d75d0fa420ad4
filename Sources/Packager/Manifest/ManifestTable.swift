/// A table of a manifest, whose members are taken one by one until none is left.
struct ManifestTable {
    /// What is wrong with it.
    struct Fault: Error {
        let problem: String

        init(_ problem: String) {
            self.problem = problem
        }
    }

    private var members: [String: TOMLValue]
    private let path: String

    /// - Throws: `Fault` if the value is no table.
    init(_ value: TOMLValue?, path: String) throws(Fault) {
        guard case .table(let members) = value else { throw Fault("\(path) is to be a table") }
        self.members = members
        self.path = path
    }

    /// - Throws: `Fault` if there is no such table.
    mutating func table(_ key: String) throws(Fault) -> ManifestTable {
        try ManifestTable(take(key), path: pathName(key))
    }

    /// - Throws: `Fault` if there is no such string of one line.
    mutating func string(_ key: String) throws(Fault) -> String {
        guard case .string(let string) = take(key) else {
            throw Fault("\(pathName(key)) is to be a string")
        }
        guard !string.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            throw Fault("\(pathName(key)) is to have one line, without control characters")
        }
        return string
    }

    /// - Throws: `Fault` if there is no such integer.
    mutating func integer(_ key: String) throws(Fault) -> Int64 {
        guard case .integer(let integer) = take(key) else {
            throw Fault("\(pathName(key)) is to be an integer")
        }
        return integer
    }

    /// - Throws: `Fault` if there is no such array.
    mutating func strings(_ key: String) throws(Fault) -> [String] {
        guard case .array(let elements) = take(key) else {
            throw Fault("\(pathName(key)) is to be an array of strings")
        }
        var strings: [String] = []
        for element in elements {
            guard case .string(let string) = element, !string.utf8.contains(0) else {
                throw Fault("\(pathName(key)) is to be an array of strings")
            }
            strings.append(string)
        }
        return strings
    }

    /// - Throws: `Fault` if a member is left.
    func finish() throws(Fault) {
        if let key = members.keys.min() { throw Fault("\(pathName(key)) means nothing") }
    }

    /// What is wrong with a member.
    func fault(_ key: String, _ problem: String) -> Fault { Fault("\(pathName(key)) \(problem)") }

    /// Whether there is a member.
    func has(_ key: String) -> Bool { members[key] != nil }

    /// Takes a member out.
    mutating func take(_ key: String) -> TOMLValue? { members.removeValue(forKey: key) }

    /// What messages call a member.
    func pathName(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
