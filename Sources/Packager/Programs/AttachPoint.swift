/// A place where a program can run, as a manifest names it; parameters in braces stand for what the
/// user gives.
///
/// ```
/// tracepoint:CATEGORY/NAME   raw_tracepoint:NAME      kprobe:FUNCTION   kretprobe:FUNCTION
/// uprobe:BINARY:FUNCTION     uretprobe:BINARY:FUNCTION     sample:TIMES_A_SECOND
/// ```
package struct AttachPoint: Equatable, Sendable, CustomStringConvertible {
    /// What a place is; the raw values are those of the manifest.
    package enum Kind: String, Sendable, CaseIterable {
        case tracepoint
        case rawTracepoint = "raw_tracepoint"
        case kernelFunction = "kprobe"
        case kernelFunctionReturn = "kretprobe"
        case function = "uprobe"
        case functionReturn = "uretprobe"
        case sample

        /// What is between the two parts of the place; nil where there is but one.
        var separator: Character? {
            switch self {
            case .tracepoint: "/"
            case .function, .functionReturn: ":"
            default: nil
            }
        }
    }

    /// What it is.
    package let kind: Kind
    /// The tracepoint's category or the function's file; empty for others.
    package let container: String
    /// The tracepoint, the function or the number.
    package let name: String

    /// What messages say of a text that is none.
    static let advice =
        "none of tracepoint:CATEGORY/NAME, raw_tracepoint:NAME, kprobe:FUNCTION, "
        + "kretprobe:FUNCTION, uprobe:BINARY:FUNCTION, uretprobe:BINARY:FUNCTION and sample:NUMBER"

    /// Reads one; nil if it is none.
    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), let asked = Self.placeholders(in: text),
            let kind = Kind(rawValue: String(text[..<colon]))
        else { return nil }
        let place = text[text.index(after: colon)...]
        if let separator = kind.separator {
            guard let middle = place.firstIndex(of: separator) else { return nil }
            self.init(
                kind, String(place[..<middle]), String(place[place.index(after: middle)...]))
        } else {
            self.init(kind, "", String(place))
        }
        if kind == .sample, asked.isEmpty, timesASecond == nil { return nil }
    }

    /// Puts one together; nil if a part is missing or no name.
    private init?(_ kind: Kind, _ container: String, _ name: String) {
        guard !name.isEmpty, container.isEmpty == (kind.separator == nil),
            !(container + name).utf8.contains(where: { $0 < 0x20 || $0 == 0x7f })
        else { return nil }
        self.kind = kind
        self.container = container
        self.name = name
    }

    package var description: String {
        let separator = kind.separator.map { "\(container)\($0)" } ?? ""
        return "\(kind.rawValue):\(separator)\(name)"
    }

    /// How often a sample is taken, if that is what it is and it makes sense.
    package var timesASecond: UInt64? {
        guard kind == .sample, let number = UInt64(name), (1...10_000).contains(number) else {
            return nil
        }
        return number
    }

    /// The parameters it asks for.
    package var placeholders: [String] {
        (Self.placeholders(in: container) ?? []) + (Self.placeholders(in: name) ?? [])
    }

    /// The place with values instead of parameters.
    ///
    /// - Returns: The place; nil if a value makes it none.
    package func filled(with values: [String: String]) -> AttachPoint? {
        let place = AttachPoint(kind, Self.filled(container, values), Self.filled(name, values))
        return kind == .sample && place?.timesASecond == nil ? nil : place
    }

    /// The names in braces; nil if a brace stands alone.
    private static func placeholders(in text: String) -> [String]? {
        var names: [String] = []
        var rest = text[...]
        while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[brace] == "{", let end = rest[brace...].firstIndex(of: "}") else {
                return nil
            }
            let name = rest[rest.index(after: brace)..<end]
            guard !name.isEmpty, !name.contains("{") else { return nil }
            names.append(String(name))
            rest = rest[rest.index(after: end)...]
        }
        return names
    }

    private static func filled(_ text: String, _ values: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let brace = rest.firstIndex(of: "{"), let end = rest[brace...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: brace)..<end])
            result += rest[..<brace] + (values[name] ?? "{\(name)}")
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
