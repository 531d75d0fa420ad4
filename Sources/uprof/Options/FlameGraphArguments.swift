internal import ArgumentParser
internal import Report

/// How a flame graph looks, as one says it on the command line.
struct FlameGraphArguments: ParsableArguments {
    @Option(name: .long, help: "The heading.")
    var title: String?

    @Option(name: .long, help: "A line below the heading.")
    var subtitle: String?

    @Option(name: .long, help: "A remark for the file, not shown.")
    var notes: String?

    @Option(name: .long, help: "The width in pixels; that of the window by default.")
    var width: Int?

    @Option(name: .long, help: "The height of a frame in pixels.")
    var height: Int?

    @Option(
        name: .customLong("min-width"),
        help: """
            Leave out narrower frames: pixels, or percent (0.1 or 0.5%); by default 0.1, or more \
            where an SVG would have too many frames for a browser.
            """)
    var minimumWidth: MinimumWidthArgument?

    @Option(name: .long, help: "The word behind numbers; by default, what the profile counts.")
    var countName: String?

    @Flag(name: .long, help: "Put the roots at the top: an icicle graph.")
    var inverted = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How frames are colored: \(FlamePalette.names).", valueName: "name"))
    var palette = FlamePalette.module

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Keep the colors of names in a file, for graphs that agree.", valueName: "file"))
    var paletteMap: String?

    @Flag(name: .long, help: "Give names that begin alike similar colors.")
    var hash = false

    @Option(name: .long, help: "What the whole is, if more than all stacks.")
    var total: Double?

    @Option(name: .long, help: "Multiply numbers by this when they are shown.")
    var factor = 1.0

    @Option(name: .long, help: "The font of the frames.")
    var font: String?

    @Option(name: .long, help: "The size of the font in pixels.")
    var fontSize: Double?

    @Flag(name: .customLong("no-sort"), help: "Keep siblings in the order in which they came.")
    var keepsOrder = false

    func validate() throws {
        for (name, value) in [("--width", width), ("--height", height)] {
            guard let value else { continue }
            guard value > 0 else { throw ValidationError("\(name) must be more than zero") }
        }
        let numbers = [
            ("--total", total ?? 1), ("--factor", factor), ("--font-size", fontSize ?? 1),
        ]
        for (name, value) in numbers where !(value > 0 && value.isFinite) {
            throw ValidationError("\(name) must be more than zero")
        }
    }

    /// Refuses what has no effect: a page is as wide as its window, and has a font of its own.
    ///
    /// - Throws: `ValidationError` naming the first such option.
    func check(for format: PictureFormat) throws {
        guard format == .html else { return }
        let given = [
            ("--width", width != nil), ("--height", height != nil), ("--font", font != nil),
            ("--font-size", fontSize != nil), ("--total", total != nil),
            ("--palette-map", paletteMap != nil),
        ]
        guard let (name, _) = given.first(where: \.1) else { return }
        throw ValidationError("\(name) is for SVG; a page does without")
    }

    /// The options of the graph.
    var options: FlameGraphOptions {
        var options = FlameGraphOptions()
        options.title = title
        options.subtitle = subtitle
        options.notes = notes
        options.width = width
        options.boxHeight = height
        options.minimumWidth = minimumWidth?.width
        options.countName = countName
        options.isInverted = inverted
        options.palette = palette
        options.colorsByHash = hash
        options.total = total
        options.factor = factor
        options.fontFamily = font
        if let fontSize { options.fontSize = fontSize }
        options.sortsByName = !keepsOrder
        return options
    }
}

extension FlamePalette: ExpressibleByArgument {
    /// All names, for the help.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
