/// What a bundle with an object of others is started with: its parameters, and what all have.
package struct ObjectArguments: Equatable, Sendable {
    /// What each parameter is.
    package private(set) var values: [String: ParameterValue] = [:]
    /// How long it runs; until Ctrl-C where nil.
    package private(set) var durationNanoseconds: UInt64?
    /// The file to write instead of printing.
    package private(set) var output: String?
    /// Whether JSON is printed.
    package private(set) var isJSON = false
    /// Whether only errors are told.
    package private(set) var isQuiet = false

    /// What is wrong with a command line.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// Reads the words of a command line.
    ///
    /// - Throws: `Fault` if one is no option of the bundle, or a value is missing or none.
    package init(_ words: [String], for manifest: ObjectManifest) throws(Fault) {
        var rest = words[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.shortForms[word] ?? String(parts[0])
            var attached = parts.count > 1 ? String(parts[1]) : nil
            func value() throws(Fault) -> String {
                if let text = attached {
                    attached = nil
                    return text
                }
                guard let text = rest.popFirst() else {
                    throw Fault(description: "\(name) needs a value")
                }
                return text
            }
            switch name {
            case "--json": isJSON = true
            case "--quiet": isQuiet = true
            case "--output": output = try value()
            case "--duration":
                let text = try value()
                guard let nanoseconds = DurationText.nanoseconds(of: text) else {
                    throw Fault(description: "\(name): \(text) is no length of time (10s, 250ms)")
                }
                durationNanoseconds = nanoseconds
            default: try take(name, manifest, value)
            }
            if attached != nil { throw Fault(description: "\(name) takes no value") }
        }
        try fillIn(manifest)
    }

    private static let shortForms = ["-o": "--output", "-q": "--quiet"]

    private mutating func take(
        _ option: String, _ manifest: ObjectManifest, _ value: () throws(Fault) -> String
    ) throws(Fault) {
        for parameter in manifest.parameters {
            if parameter.kind == .boolean, option == "--no-\(parameter.name)" {
                values[parameter.name] = .number(0)
                return
            }
            guard option == "--\(parameter.name)" else { continue }
            if parameter.kind == .boolean {
                values[parameter.name] = .number(1)
                return
            }
            let text = try value()
            guard let read = ParameterValue(text, of: parameter.kind) else {
                throw Fault(description: "\(option): \(text) is no \(parameter.kind.words)")
            }
            values[parameter.name] = read
            return
        }
        throw Fault(description: "unknown option \(option)")
    }

    private mutating func fillIn(_ manifest: ObjectManifest) throws(Fault) {
        for parameter in manifest.parameters where values[parameter.name] == nil {
            guard let initial = parameter.initial else {
                throw Fault(description: "missing option --\(parameter.name)")
            }
            values[parameter.name] = initial
        }
    }
}

extension ManifestParameter.Kind {
    /// What messages call a value.
    fileprivate var words: String {
        switch self {
        case .integer: "integer"
        case .boolean: "boolean"
        case .string: "text"
        case .duration: "length of time (10s, 250ms)"
        case .process: "process id"
        }
    }
}
