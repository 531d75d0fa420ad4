internal import Dispatch
internal import Synchronization

/// The stacks of a file, merged by their callers, and what to know about them.
package struct StackContent: Sendable {
    /// The stacks.
    package let tree: FlameTree
    /// What their values count.
    package private(set) var valueKind = StackProfile.ValueKind.samples
    /// How many lines of folded stacks had no count.
    package private(set) var ignoredLines = 0
    /// What else could not be read, and what was left out: a line each.
    package private(set) var remarks: [String] = []

    /// Folded lines.
    init(
        _ parser: consuming FoldedParser, _ valueKind: StackProfile.ValueKind = .samples,
        remarks: [String] = []
    ) {
        self.valueKind = valueKind
        ignoredLines = parser.ignoredLines
        tree = parser.finish()
        self.remarks = remarks
    }

    /// The values of one kind of a profile.
    init(_ tree: FlameTree, _ valueKind: StackProfile.ValueKind, remarks: [String]) {
        self.tree = tree
        self.valueKind = valueKind
        self.remarks = remarks
    }

    /// Reads two files at the same time, their frames told apart by their names alone.
    ///
    /// - Throws: `FormatError` if one of them cannot be read; of two, the first one's.
    package static func both(
        _ first: ProfileInput, _ second: ProfileInput, _ options: ProfileInput.TreeOptions
    ) throws(FormatError) -> (StackContent, StackContent) {
        let inputs = [first, second]
        let results = Mutex<[Int: Result<StackContent, FormatError>]>([:])
        DispatchQueue.concurrentPerform(iterations: inputs.count) { index in
            let result = Result { () throws(FormatError) in try inputs[index].tree(options) }
            results.withLock { $0[index] = result }
        }
        let read = results.withLock { $0 }
        guard let first = read[0], let second = read[1] else {
            preconditionFailure("both files have been read or have failed")
        }
        return (try first.get(), try second.get())
    }
}
