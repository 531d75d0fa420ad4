/// How a flame graph looks.
package struct FlameGraphOptions: Sendable, Equatable {
    /// The heading.
    package var title: String
    /// A line below the heading.
    package var subtitle: String?
    /// The width in pixels; if nil, that of the window, or 1,200 where there is no script.
    package var width: Int?
    /// Which of the samples' values is shown.
    package var valueKind: StackProfile.ValueKind
    /// The word behind numbers; that of the values if nil.
    package var countName: String?
    /// Boxes narrower than this many pixels are left out.
    package var minimumBoxWidth: Double
    /// Whether the stacks' roots are at the top: an icicle graph.
    package var isInverted: Bool

    /// Options; by default, a graph of calls.
    package init(
        title: String = "Flame Graph", subtitle: String? = nil, width: Int? = nil,
        valueKind: StackProfile.ValueKind = .calls, countName: String? = nil,
        minimumBoxWidth: Double = 0.1, isInverted: Bool = false
    ) {
        self.title = title
        self.subtitle = subtitle
        self.width = width
        self.valueKind = valueKind
        self.countName = countName
        self.minimumBoxWidth = minimumBoxWidth
        self.isInverted = isInverted
    }
}
