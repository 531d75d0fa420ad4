internal import ArgumentParser
internal import Report

/// What `attach` writes, and where.
struct AttachOutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON instead of a table; with --interval, one object a line.")
    var json = false

    @Flag(name: .long, help: "Draw the distribution of each function's durations.")
    var histogram = false

    @Flag(name: .long, help: "Count calls by call stack.")
    var stacks = false

    @Option(name: .long, help: "What stacks count: calls, or time in nanoseconds.")
    var value = StackValue.calls

    @Option(
        name: .long,
        help: ArgumentHelp("Write folded stacks; implies --stacks.", valueName: "file"))
    var folded: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Write a flame graph as SVG; implies --stacks.", valueName: "file"))
    var flamegraph: String?

    @Option(
        name: [.customShort("o"), .customLong("output")], parsing: .singleValue,
        help: ArgumentHelp(
            "Write a result, by extension: \(ResultFormat.extensions); may be repeated.",
            valueName: "file"))
    var output: [String] = []

    /// What stacks count.
    enum StackValue: String, ExpressibleByArgument, CaseIterable {
        case calls
        case time

        /// The kind in the profile.
        var kind: StackProfile.ValueKind {
            switch self {
            case .calls: .calls
            case .time: .totalNanoseconds
            }
        }
    }

    func validate() throws {
        for path in output where ResultFormat(path: path) == nil {
            throw ValidationError(
                "cannot tell a format from \(path); end it in \(ResultFormat.extensions)")
        }
    }

    /// Finds out before the measurement whether its results can be written.
    ///
    /// - Throws: `OutputError` if not.
    func checkWritable() throws {
        for file in files { try OutputFile(file.path).checkWritable() }
    }

    /// Every file to be written at the end, with its format.
    var files: [(path: String, format: ResultFormat)] {
        var files = output.compactMap { path in ResultFormat(path: path).map { (path, $0) } }
        if let folded { files.append((folded, .stacks(.format(.folded)))) }
        if let flamegraph { files.append((flamegraph, .stacks(.picture(.svg)))) }
        return files
    }

    /// Whether slow calls are needed.
    var needsSlowCalls: Bool { files.contains { $0.format.needsSlowCalls } }

    /// Whether stacks are needed.
    var needsStacks: Bool { stacks || files.contains { $0.format.needsStacks } }
}
