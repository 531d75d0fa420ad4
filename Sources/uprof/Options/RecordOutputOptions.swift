internal import ArgumentParser
internal import Report

/// What `record` writes, and where.
struct RecordOutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")], parsing: .singleValue,
        help: ArgumentHelp(
            "Write the profile, by extension: \(Self.extensions); may be repeated.",
            valueName: "file"))
    var output: [String] = []

    @Option(name: .long, help: "What stacks count: samples, or time in nanoseconds.")
    var value: StackValue?

    /// What stacks count.
    enum StackValue: String, ExpressibleByArgument, CaseIterable {
        case samples
        case time
    }

    /// What a file holds.
    enum Content {
        case profile(ProfileContent)
        /// The summary and the stacks with the most samples.
        case summary
    }

    func validate() throws {
        for path in output where Self.content(of: path) == nil {
            throw ValidationError(
                "cannot tell a format from \(path); end it in \(Self.extensions)")
        }
    }

    /// Finds out before the measurement whether its results can be written.
    ///
    /// - Throws: `OutputError` if not.
    func checkWritable() throws {
        for file in files { try OutputFile(file.path).checkWritable() }
    }

    /// Every file to be written at the end, with what it holds.
    var files: [(path: String, content: Content)] {
        output.compactMap { path in Self.content(of: path).map { (path, $0) } }
    }

    private static func content(of path: String) -> Content? {
        path.hasSuffix(".txt") ? .summary : ProfileContent(path: path).map(Content.profile)
    }

    private static var extensions: String {
        (ProfileContent.extensions + [".txt"]).joined(separator: ", ")
    }
}
