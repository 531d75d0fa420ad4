/// Why a text is no function pattern.
package enum FunctionPatternError: Error, Equatable, CustomStringConvertible {
    /// There is no name in it.
    case empty(String)
    /// The regular expression does not parse; with the reason.
    case invalidRegex(String, String)
    /// A form that is planned and not there yet.
    case unsupported(String, String)

    package var description: String {
        switch self {
        case .empty(let text):
            "no function name in the pattern '\(text)'; write name, glob*, /regex/ or library:name"
        case .invalidRegex(let text, let reason):
            "invalid regular expression in the pattern '\(text)': \(reason)"
        case .unsupported(let text, let what):
            "cannot use the pattern '\(text)': \(what) are not supported yet; name a function"
        }
    }
}
