/// Something the user of a bundle can choose: an option of its command line.
package struct ManifestParameter: Equatable, Sendable {
    /// What its values are; the raw values are those of the manifest.
    package enum Kind: String, Sendable, CaseIterable {
        case integer
        case boolean
        case string
        /// A length of time, in nanoseconds for the programs.
        case duration
        /// A process; functions of programs are probed in that one only.
        case process = "pid"
    }

    /// Where a value goes, besides the places that ask for it.
    package enum Destination: Equatable, Sendable {
        /// A global variable.
        case variable(String)
        /// A field of the first value of a map; the value itself where nil.
        case map(String, field: String?)
    }

    /// The name; the option's is that behind two dashes.
    package let name: String
    /// What its values are.
    package let kind: Kind
    /// What it is if the user says nothing; nil where the user has to.
    package let initial: ParameterValue?
    /// A line about it.
    package let help: String
    /// Where it goes; nil where only places ask for it.
    package let destination: Destination?

    /// Describes one.
    package init(
        name: String, kind: Kind, initial: ParameterValue?, help: String,
        destination: Destination? = nil
    ) {
        self.name = name
        self.kind = kind
        self.initial = initial
        self.help = help
        self.destination = destination
    }
}

extension ManifestParameter {
    /// Options that every bundle has.
    private static let taken: Set<String> = [
        "help", "version", "doctor", "require-signature", "allow-nearest", "duration", "output",
        "json", "quiet",
    ]

    /// Reads one: `name`, `type`, `help` and, if they are there, `default`, `variable`, or `map`
    /// and `field`.
    init(_ table: inout ManifestTable) throws(ManifestTable.Fault) {
        let name = try table.identifier("name")
        guard
            name.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }),
            let first = name.utf8.first, (97...122).contains(first)
        else {
            throw table.fault("name", "\(name) is to have lowercase letters, digits and dashes")
        }
        guard !Self.taken.contains(name), !name.hasPrefix("no-") else {
            throw table.fault("name", "\(name) is an option of every bundle; choose another")
        }
        self.name = name
        kind = try table.choice("type", of: Kind.self)
        help = try table.string("help")
        initial = try Self.initial(of: kind, &table)
        let variable = try table.stringIfThere("variable")
        let map = try table.stringIfThere("map")
        switch (variable, map) {
        case (let variable?, nil): destination = .variable(variable)
        case (nil, let map?): destination = .map(map, field: try table.stringIfThere("field"))
        case (nil, nil): destination = nil
        default: throw table.fault("map", "excludes variable; give one of them")
        }
        try table.finish()
    }

    private static func initial(
        of kind: Kind, _ table: inout ManifestTable
    ) throws(ManifestTable.Fault) -> ParameterValue? {
        switch kind {
        case .process: return .number(0)
        case .integer: return try table.integerIfThere("default").map { .number($0) }
        case .boolean: return .number(try table.booleanIfThere("default") == true ? 1 : 0)
        case .string: return try table.stringIfThere("default").map { .text($0) }
        case .duration:
            guard let text = try table.stringIfThere("default") else { return nil }
            guard let value = ParameterValue(text, of: kind) else {
                throw table.fault("default", "\(text.debugDescription) is no length of time (10ms)")
            }
            return value
        }
    }
}
