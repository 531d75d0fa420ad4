/// The measures of a flame graph's picture, in pixels.
struct FlameGraphGeometry {
    /// The width if none is asked for.
    static let defaultWidth = 1_200
    /// Room for the controls; a graph is at least this wide.
    static let smallestWidth = 400
    /// The margin at the sides.
    static let margin = 10
    /// From one box to the next one above it.
    static let boxPitch = 18
    /// The part of it that stays free.
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
    /// The advance of a character of 12 pixels in the usual monospaced fonts, rounded up.
    static let characterWidth = 7.3
    /// From a box's left edge to its text.
    static let textInset = 4
    /// From a box's upper edge to the baseline of its text.
    static let textBaseline = 13

    /// The width of the picture.
    let width: Int
    /// The height of the picture.
    let height: Int
    /// The baseline of the line of details: at the side of the roots.
    let detailsBaseline: Int

    private let firstTop: Int
    private let pitch: Int

    /// The measures of a graph with boxes up to a depth.
    init(options: FlameGraphOptions, depth: Int) {
        width = max(options.width ?? Self.defaultWidth, Self.smallestWidth)
        let header = Self.subtitleBaseline + 16
        let boxes = (depth + 1) * Self.boxPitch
        height = header + boxes + Self.detailsHeight
        if options.isInverted {
            detailsBaseline = header + 10
            firstTop = header + Self.detailsHeight - 8
            pitch = Self.boxPitch
        } else {
            detailsBaseline = height - 10
            firstTop = header + boxes - Self.boxPitch
            pitch = -Self.boxPitch
        }
    }

    /// The width of the box of all stacks.
    var innerWidth: Double { Double(width - 2 * Self.margin) }

    /// The upper edge of a box.
    func top(ofDepth depth: Int) -> Int { firstTop + depth * pitch }

    /// The width a box is drawn with.
    func drawn(_ width: Double) -> Double {
        width > Self.narrowest ? width - Self.narrowing : width
    }

    /// As much of a name as fits into a box, or nothing if that would tell nothing.
    func fitted(_ name: String, to width: Double) -> String {
        let fewest = 3
        let room = Int((width - Double(2 * Self.textInset)) / Self.characterWidth)
        guard room >= fewest else { return "" }
        guard DisplayWidth.of(name) > room else { return name }
        return DisplayWidth.prefix(of: name, to: room - 1) + "…"
    }
}
