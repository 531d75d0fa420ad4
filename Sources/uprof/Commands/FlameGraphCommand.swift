internal import ArgumentParser
internal import Report

/// `uprof flamegraph`.
struct FlameGraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flamegraph",
        abstract: "Draw stacks as a flame graph, SVG or HTML.",
        discussion: """
            Reads folded stacks, with two counts for a difference, and all that `uprof fold`
            reads, from a file or stdin. A file with -o is SVG or HTML by its extension; stdout
            is SVG, or what --format says.

            Examples:
              uprof flamegraph out.folded -o out.html
              perf script | uprof flamegraph --title 'CPU' > cpu.svg
            """)

    @Argument(help: "The stacks; stdin by default.")
    var file = "-"

    @Option(name: .shortAndLong, help: "Write to this file, .svg or .html.")
    var output: String?

    @Option(name: .long, help: "svg or html, whatever the file's name is.")
    var format: PictureFormat?

    @Flag(name: .long, help: "Merge stacks from their ends: what was running is at the root.")
    var reverse = false

    @Flag(name: .customLong("flamechart"), help: "Show time from left to right, lines in order.")
    var isFlameChart = false

    @Flag(name: .long, help: "In a difference, show less in red and more in blue.")
    var negate = false

    @OptionGroup(title: "Input")
    var input: ProfileInputOptions

    @OptionGroup(title: "perf script")
    var perf: PerfScriptArguments

    @OptionGroup(title: "Picture")
    var picture: FlameGraphArguments

    @Flag(name: [.short, .long], help: "Say nothing on stderr but errors.")
    var quiet = false

    func validate() throws {
        let output = try PictureOutput(path: output, format: format)
        try picture.check(for: output.format)
    }

    func run() throws {
        try Failure.reporting {
            let content = try readContent()
            StackNotes(isQuiet: quiet).tell(of: content, in: file)
            guard !content.tree.isEmpty else { throw NoStacksError(path: file) }
            var options = picture.options
            options.valueKind = content.valueKind
            options.isFlameChart = isFlameChart
            options.isReversed = reverse
            options.isNegated = negate
            let output = try PictureOutput(path: output, format: format)
            try output.write(content.tree, options, paletteMap: picture.paletteMap)
        }
    }

    private func readContent() throws -> StackContent {
        let profile = try ProfileInput(path: file, format: input.from)
        guard !isFlameChart || profile.format == .folded else {
            throw ValidationError("--flamechart takes folded stacks in the order of time")
        }
        var options = ProfileInput.TreeOptions()
        // A page turns stacks round by itself, and back.
        let isPage = try PictureOutput(path: output, format: format).format == .html
        options.reading.isReversed = reverse && (!isPage || isFlameChart)
        options.reading.isFlameChart = isFlameChart
        options.reading.marksWakers = picture.palette == .chain
        options.perf = perf.options
        options.kind = input.value
        options.keepsDetails = true
        return try profile.tree(options)
    }
}
