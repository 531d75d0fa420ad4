internal import ArgumentParser
internal import Report

/// `uprof diff`.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two profiles.",
        discussion: """
            Reads what `uprof fold` reads.

            Prints lines `root;caller;function BEFORE AFTER`, or draws a flame graph of what is
            there AFTER: red is more than before, blue is less. Stacks that are gone are striped,
            as wide as they were.

            Examples:
              uprof diff before.folded after.folded -o diff.html
              uprof diff --normalize before.folded after.folded | uprof flamegraph > diff.svg
            """)

    @Argument(help: "The first measurement.")
    var before: String

    @Argument(help: "The second measurement.")
    var after: String

    @Flag(name: .shortAndLong, help: "Scale the first measurement to the sum of the second.")
    var normalize = false

    @Flag(name: [.customShort("s"), .long], help: "Treat addresses in names as equal.")
    var stripHex = false

    @Option(name: .shortAndLong, help: "Write to this file: .folded, .svg or .html.")
    var output: String?

    @Option(name: .long, help: "folded, svg or html, whatever the file's name is.")
    var format: DifferenceFormat?

    @Flag(name: .long, help: "Show less in red and more in blue.")
    var negate = false

    @OptionGroup(title: "Input")
    var input: ProfileInputOptions

    @OptionGroup(title: "Picture")
    var picture: FlameGraphArguments

    @Flag(name: .long, help: "Say nothing on stderr but errors.")
    var quiet = false

    func validate() throws {
        guard before != "-" || after != "-" else {
            throw ValidationError("only one of the files can be stdin")
        }
        if case .picture(let format) = try chosenFormat() { try picture.check(for: format) }
    }

    func run() throws {
        try Failure.reporting {
            let (difference, valueKind) = try readDifference()
            switch try chosenFormat() {
            case .folded: try writeFolded(difference)
            case .picture(let format):
                var options = picture.options
                options.title = picture.title ?? "Differential Flame Graph"
                options.isNegated = negate
                options.valueKind = valueKind
                let output = try PictureOutput(path: output, format: format)
                try output.write(difference.drawing, options, paletteMap: picture.paletteMap)
            }
        }
    }

    private func readDifference() throws -> (StackDifference, StackProfile.ValueKind) {
        var options = ProfileInput.TreeOptions()
        options.reading.stripsHexadecimals = stripHex
        let isFolded = try chosenFormat() == .folded
        options.reading.keepsEmptyEnds = isFolded
        options.kind = input.value
        let (first, second) = try StackContent.both(
            ProfileInput(path: before, format: input.from),
            ProfileInput(path: after, format: input.from), options)
        let notes = StackNotes(isQuiet: quiet)
        for (content, path) in [(first, before), (second, after)] {
            notes.tell(of: content, in: path)
            guard !content.tree.isEmpty else { throw NoStacksError(path: path) }
        }
        let scaling: StackDifference.Scaling =
            normalize ? isFolded ? .rounded : .exact : .none
        let difference = StackDifference(
            before: first.tree, after: second.tree, scaling: scaling)
        return (difference, second.valueKind)
    }

    private func writeFolded(_ difference: StackDifference) throws {
        let lines = FoldedDifference(difference)
        guard let output, output != "-" else {
            return try lines.write { bytes throws(StreamError) in
                try StandardOutput.write(bytes)
            }
        }
        var text: [UInt8] = []
        lines.write { text += $0 }
        try OutputFile(output).write(text)
    }

    private func chosenFormat() throws -> DifferenceFormat {
        if let format { return format }
        guard let output, output != "-" else { return .folded }
        guard let format = DifferenceFormat(path: output) else {
            throw ValidationError(
                "cannot tell a format from \(output); end it in .folded, .svg or .html")
        }
        return format
    }
}
