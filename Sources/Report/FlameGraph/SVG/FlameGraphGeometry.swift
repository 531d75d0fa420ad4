/// The measures of a flame graph's picture, in pixels.
struct FlameGraphGeometry {
    /// The width if none is asked for.
    static let defaultWidth = 1_200
    /// Room for the controls; a graph is at least this wide.
    static let smallestWidth = 400
    /// The margin at the sides.
    static let margin = 10
    /// The part of a box's height that stays free.
    static let boxGap = 1
    /// Neighbors are kept apart by drawing boxes this much narrower.
    static let narrowing = 0.6
    /// Boxes up to this width are drawn as wide as they are.
    static let narrowest = 3.0
    /// The baseline of the heading.
    static let titleBaseline = 28
    /// The baseline of the line below it.
    static let subtitleBaseline = 48
    /// The height of a line of details.
    static let detailsHeight = 30
    /// From a box's left edge to its text.
    static let textInset = 4

    /// The width of the picture.
    let width: Int
    /// The height of the picture.
    let height: Int
    /// From one box to the next one above it.
    let boxPitch: Int
    /// From a box's upper edge to the baseline of its text.
    let textBaseline: Int
    /// The baseline of the line of details: at the side of the roots.
    let detailsBaseline: Int
    /// The advance of a character in the usual monospaced fonts, rounded up.
    let characterWidth: Double

    private let firstTop: Int
    private let step: Int

    /// The measures of a graph with boxes up to a depth.
    init(options: FlameGraphOptions, depth: Int) {
        let fontSize = min(max(options.fontSize, 1), 100)
        width = min(max(options.width ?? Self.defaultWidth, Self.smallestWidth), 100_000)
        boxPitch = min(max(options.boxHeight ?? max(18, Int(fontSize) + 6), 3), 200)
        textBaseline = Int((Double(boxPitch - Self.boxGap) / 2 + fontSize * 0.36).rounded())
        characterWidth = fontSize * 7.3 / 12
        let header = Self.subtitleBaseline + 16
        let boxes = (depth + 1) * boxPitch
        height = header + boxes + Self.detailsHeight
        if options.isInverted {
            detailsBaseline = header + 10
            firstTop = header + Self.detailsHeight - 8
            step = boxPitch
        } else {
            detailsBaseline = height - 10
            firstTop = header + boxes - boxPitch
            step = -boxPitch
        }
    }

    /// The width of the box of all stacks.
    var innerWidth: Double { Double(width - 2 * Self.margin) }

    /// The height a box is drawn with.
    var boxHeight: Int { boxPitch - Self.boxGap }

    /// The upper edge of a box.
    func top(ofDepth depth: Int) -> Int { firstTop + depth * step }

    /// The width a box is drawn with.
    func drawn(_ width: Double) -> Double {
        width > Self.narrowest ? width - Self.narrowing : width
    }

    /// As much of a name as fits into a box, or nothing if that would tell nothing.
    func fitted(_ name: String, to width: Double) -> String {
        let fewest = 3
        let room = Int((width - Double(2 * Self.textInset)) / characterWidth)
        guard room >= fewest else { return "" }
        guard DisplayWidth.of(name) > room else { return name }
        return DisplayWidth.prefix(of: name, to: room - 1) + "…"
    }
}
