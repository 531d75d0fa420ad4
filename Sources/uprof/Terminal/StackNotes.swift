internal import Report

/// An input without a stack that counts.
struct NoStacksError: Error, CustomStringConvertible {
    let path: String

    var description: String {
        "no stacks in \(path == "-" ? "the input" : path); "
            + "lines are `root;caller;function COUNT`"
    }
}

/// Says on stderr what of folded stacks is not in a result.
struct StackNotes {
    let isQuiet: Bool

    /// Tells of a file.
    func tell(of content: StackContent, in path: String) {
        guard !isQuiet else { return }
        let name = path == "-" ? "the input" : path
        for remark in content.remarks { StandardError.write("uprof: \(remark)\n") }
        if content.ignoredLines > 0 {
            let lines = content.ignoredLines == 1 ? "line" : "lines"
            StandardError.write(
                "uprof: ignored \(content.ignoredLines) \(lines) without a count in \(name)\n")
        }
        if content.tree.isClamped {
            StandardError.write("uprof: some counts in \(name) are too large and were cut\n")
        }
    }
}
