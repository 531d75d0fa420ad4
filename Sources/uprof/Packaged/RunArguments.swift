/// Options of a command line in groups: each option with its values.
struct RunArguments {
    /// Options that say the same thing, of which the user's holds.
    private static let subjects = [
        "-f": "--func", "-o": "--output", "-F": "--freq", "-p": "target", "--pid": "target",
        "-b": "target", "--binary": "target", "-a": "target", "--all": "target",
        "--off-cpu": "time", "--wall": "time", "--no-kernel": "--kernel",
        "--verbose": "messages", "--quiet": "messages", "-q": "messages",
    ]

    private let groups: [ArraySlice<String>]

    /// Splits a command line at its options; what follows `--` is a group of its own.
    init(_ arguments: [String]) {
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        var starts = arguments[..<end].indices.filter { Self.isOption(arguments[$0]) }
        if let first = starts.first, first > 0 { starts.insert(0, at: 0) }
        if starts.isEmpty, end > 0 { starts = [0] }
        let ends = starts.dropFirst() + [end]
        var groups = zip(starts, ends).map { arguments[$0..<$1] }
        if end < arguments.endIndex { groups.append(arguments[end...]) }
        self.groups = groups
    }

    /// What the options are about.
    private var subjects: Set<String> { Set(groups.map(Self.subject)) }

    /// Whether they say which processes are meant.
    var haveTarget: Bool { subjects.contains("target") }

    /// Default options and, where the user says something on the same subject, the user's instead.
    static func merge(_ defaults: [String], with user: [String]) -> [String] {
        let subjects = RunArguments(user).subjects
        let kept = RunArguments(defaults).groups.filter { !subjects.contains(subject($0)) }
        return kept.flatMap { $0 } + user
    }

    private static func subject(_ group: ArraySlice<String>) -> String {
        guard let first = group.first else { return "" }
        if first == "--" { return "target" }
        let name = first.split(separator: "=", maxSplits: 1).first.map(String.init) ?? first
        return subjects[name] ?? name
    }

    private static func isOption(_ word: String) -> Bool { word.count > 1 && word.hasPrefix("-") }
}
