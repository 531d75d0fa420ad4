internal import Report

/// What a result file of `attach` holds, told by the end of its name.
enum ResultFormat {
    /// The numbers, as JSON.
    case json
    /// The table, as it is printed.
    case text
    /// Slow calls on a time line.
    case trace
    /// The stacks.
    case stacks(ProfileContent)

    /// All extensions, for messages.
    static var extensions: String {
        ([".json", ".txt", ".trace.json"] + ProfileContent.extensions.filter { $0 != ".json" })
            .joined(separator: ", ")
    }

    /// The format a path's extension stands for.
    init?(path: String) {
        if path.hasSuffix(".trace.json") {
            self = .trace
        } else if path.hasSuffix(".txt") {
            self = .text
        } else if case .some(let content) = ProfileContent(path: path) {
            if case .format(.json) = content { self = .json } else { self = .stacks(content) }
        } else {
            return nil
        }
    }

    /// Whether it shows calls one by one.
    var needsSlowCalls: Bool { if case .trace = self { true } else { false } }

    /// Whether it shows stacks.
    var needsStacks: Bool { if case .stacks = self { true } else { false } }
}
