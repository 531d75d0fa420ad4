internal import ArgumentParser
internal import Report

/// What `record` writes, and where.
struct RecordOutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")], parsing: .singleValue,
        help: ArgumentHelp(
            "Write the profile, by extension: .folded, .svg, .json, .txt; may be repeated.",
            valueName: "file"))
    var output: [String] = []

    @Option(name: .long, help: "What stacks count: samples, or time in nanoseconds.")
    var value: StackValue?

    /// What stacks count.
    enum StackValue: String, ExpressibleByArgument, CaseIterable {
        case samples
        case time
    }

    func validate() throws {
        for path in output where ResultFormat(path: path) == nil {
            throw ValidationError(
                "cannot tell a format from \(path); end it in \(ResultFormat.extensions)")
        }
    }

    /// Every file to be written at the end, with its format.
    var files: [(path: String, format: ResultFormat)] {
        output.compactMap { path in ResultFormat(path: path).map { (path, $0) } }
    }
}
