/// The formats of result files, told by their extension.
enum ResultFormat: String, CaseIterable {
    case folded
    case flameGraph = "svg"
    case trace = "trace.json"
    case page = "html"
    case json
    case text = "txt"

    /// All extensions, for messages.
    static var extensions: String {
        allCases.map { "." + $0.rawValue }.joined(separator: ", ")
    }

    /// The format a path's extension stands for.
    init?(path: String) {
        guard let format = Self.allCases.first(where: { path.hasSuffix("." + $0.rawValue) }) else {
            return nil
        }
        self = format
    }

    /// Whether it shows calls one by one.
    var needsSlowCalls: Bool { self == .trace }

    /// Whether it shows stacks.
    var needsStacks: Bool { [.folded, .flameGraph, .page].contains(self) }
}
