/// The options of a bundle with an object of others, for people.
package struct ObjectHelp {
    private let manifest: ObjectManifest

    /// Options stand before what is said of them, if they are not longer than this.
    private static let indent = 26
    private static let width = 80

    /// Describes the options of a manifest.
    package init(_ manifest: ObjectManifest) {
        self.manifest = manifest
    }

    /// One line that shows how it is called.
    package var usage: String {
        let required = manifest.parameters.filter { $0.initial == nil }
            .map { "--\($0.name) <\($0.kind.placeholder)>" }
        return (required + ["[options]"]).joined(separator: " ")
    }

    /// A paragraph for each option.
    package var text: String {
        let own = manifest.parameters.map { parameter in
            Self.paragraph(Self.option(of: parameter), Self.words(about: parameter))
        }
        let common = [
            ("--duration <time>", "How long to run: 10s, 250ms; until Ctrl-C without it."),
            (
                "-o, --output <file>",
                "Write to a file instead of printing; JSON lines if it ends in .json."
            ),
            ("--json", "Print JSON lines, schema uprof.object/1."),
            ("-q, --quiet", "Tell errors only."),
        ].map { Self.paragraph($0, $1) }
        return (own + common).joined()
    }

    private static func option(of parameter: ManifestParameter) -> String {
        switch parameter.kind {
        case .boolean where parameter.initial == .number(1): "--no-\(parameter.name)"
        case .boolean: "--\(parameter.name)"
        case let kind: "--\(parameter.name) <\(kind.placeholder)>"
        }
    }

    private static func words(about parameter: ManifestParameter) -> String {
        switch (parameter.kind, parameter.initial) {
        case (.boolean, _), (.process, _): parameter.help
        case (_, nil): "\(parameter.help) (required)"
        case (.duration, .number(let nanoseconds)?):
            "\(parameter.help) (default: \(nanoseconds)ns)"
        case (_, .text("")?): parameter.help
        case (_, let initial?): "\(parameter.help) (default: \(initial.text))"
        }
    }

    private static func paragraph(_ option: String, _ words: String) -> String {
        var lines = ["  \(option)"]
        if option.count + 4 > indent {
            lines.append(String(repeating: " ", count: indent))
        } else {
            lines[0] += String(repeating: " ", count: indent - lines[0].count)
        }
        for word in words.split(separator: " ") {
            let line = lines[lines.count - 1]
            if line.count + word.count > width, line.contains(where: { $0 != " " }) {
                lines.append(String(repeating: " ", count: indent) + word)
            } else {
                lines[lines.count - 1] += (line.last == " " ? "" : " ") + word
            }
        }
        return lines.map { "\($0)\n" }.joined()
    }
}

extension ManifestParameter.Kind {
    fileprivate var placeholder: String {
        switch self {
        case .integer: "number"
        case .boolean: "boolean"
        case .string: "text"
        case .duration: "time"
        case .process: "pid"
        }
    }
}
