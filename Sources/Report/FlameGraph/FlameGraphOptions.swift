/// How a flame graph looks.
package struct FlameGraphOptions: Sendable, Equatable {
    /// How wide a box must be to be drawn.
    package enum MinimumWidth: Sendable, Equatable {
        /// In pixels of the picture.
        case pixels(Double)
        /// In percent of all stacks.
        case percent(Double)
    }

    /// The heading; if nil, what kind of graph it is.
    package var title: String?
    /// A line below the heading.
    package var subtitle: String?
    /// A remark that is in the file and not in the picture.
    package var notes: String?
    /// The width in pixels; if nil, that of the window, or 1,200 where there is no script.
    package var width: Int?
    /// The height of a box with its gap, in pixels.
    package var boxHeight: Int?
    /// Narrower boxes are left out; if nil, those below a tenth of a pixel, and of an SVG as many
    /// more as would keep a browser busy for seconds.
    package var minimumWidth: MinimumWidth?
    /// Which of the samples' values is shown.
    package var valueKind = StackProfile.ValueKind.calls
    /// The word behind numbers; that of the values if nil.
    package var countName: String?
    /// Whether the stacks' roots are at the top: an icicle graph.
    package var isInverted = false
    /// Whether stacks are merged from their ends; of a profile, as trees have been read that way.
    package var isReversed = false
    /// Whether it shows time from left to right; of the title only.
    package var isFlameChart = false
    /// Whether siblings are in the order of their names.
    package var sortsByName = true
    /// How frames are colored.
    package var palette = FlamePalette.module
    /// Colors that are kept from one graph to the next.
    package var paletteMap: PaletteMap?
    /// Whether similar names get similar colors.
    package var colorsByHash = false
    /// What the whole is, if more than all stacks.
    package var total: Double?
    /// What numbers are multiplied by when shown.
    package var factor = 1.0
    /// The font of the boxes, as CSS names it.
    package var fontFamily: String?
    /// The size of the font in pixels.
    package var fontSize = 12.0
    /// Whether red stands for less, in a difference.
    package var isNegated = false

    /// Options; by default, a graph of calls.
    package init() {}

    /// Options of a graph with a title.
    package init(title: String, valueKind: StackProfile.ValueKind) {
        self.title = title
        self.valueKind = valueKind
    }

    /// The heading.
    var heading: String {
        title ?? (isFlameChart ? "Flame Chart" : isInverted ? "Icicle Graph" : "Flame Graph")
    }

    /// The word behind numbers.
    var unit: String { countName ?? valueKind.unit }
}
