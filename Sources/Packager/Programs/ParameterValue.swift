/// What a parameter is.
package enum ParameterValue: Equatable, Sendable {
    /// An integer, a process, nanoseconds, or 0 and 1 for false and true.
    case number(Int64)
    case text(String)

    /// Reads what a user gives; nil if it is no value of the kind.
    package init?(_ text: String, of kind: ManifestParameter.Kind) {
        switch kind {
        case .string:
            guard !text.utf8.contains(0) else { return nil }
            self = .text(text)
        case .integer:
            guard let number = Self.integer(text) else { return nil }
            self = .number(number)
        case .boolean:
            guard let number = ["true": 1, "false": 0][text] else { return nil }
            self = .number(Int64(number))
        case .duration:
            guard let nanoseconds = DurationText.nanoseconds(of: text) else { return nil }
            self = .number(Int64(nanoseconds))
        case .process:
            guard let number = Int32(text), number > 0 else { return nil }
            self = .number(Int64(number))
        }
    }

    /// As a place in braces has it.
    package var text: String {
        switch self {
        case .number(let number): String(number)
        case .text(let text): text
        }
    }

    /// Decimal digits, or hexadecimal ones behind 0x.
    private static func integer(_ text: String) -> Int64? {
        text.hasPrefix("0x") ? Int64(text.dropFirst(2), radix: 16) : Int64(text)
    }
}
