internal import ArgumentParser
internal import Report

/// `uprof flamegraph`.
struct FlameGraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flamegraph",
        abstract: "Draw folded stacks as a flame graph, SVG or HTML.",
        discussion: """
            Reads lines `root;caller;function COUNT`, or with two counts for a difference, from
            a file or stdin. A file with -o is SVG or HTML by its extension; stdout is SVG, or
            what --format says.

            Examples:
              uprof flamegraph out.folded -o out.html
              perf script | uprof fold | uprof flamegraph --title 'CPU' > cpu.svg
            """)

    @Argument(help: "Folded stacks; stdin by default.")
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

    @OptionGroup(title: "Picture")
    var picture: FlameGraphArguments

    @Flag(name: [.short, .long], help: "Say nothing on stderr but errors.")
    var quiet = false

    func validate() throws {
        _ = try PictureOutput(path: output, format: format)
    }

    func run() throws {
        try Failure.reporting {
            let content = try FoldedFile(file).read(reading)
            StackNotes(isQuiet: quiet).tell(of: content, in: file)
            guard !content.tree.isEmpty else { throw NoStacksError(path: file) }
            var options = picture.options
            options.isFlameChart = isFlameChart
            options.isReversed = reverse
            options.isNegated = negate
            let output = try PictureOutput(path: output, format: format)
            try output.write(content.tree, options, paletteMap: picture.paletteMap)
        }
    }

    /// How stacks are read.
    private var reading: FoldedParser.Options {
        var options = FoldedParser.Options()
        options.isReversed = reverse
        options.isFlameChart = isFlameChart
        options.marksWakers = picture.palette == .chain
        return options
    }
}
