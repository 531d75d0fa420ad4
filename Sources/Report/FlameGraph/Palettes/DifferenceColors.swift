/// The colors of a difference: the redder the more there is now, the bluer the less.
struct DifferenceColors {
    /// The largest change of a stack, in either direction.
    private let largest: Double
    private let isNegated: Bool

    /// The scale of a tree's changes, with red and blue swapped if negated.
    init(_ tree: FlameTree, isNegated: Bool) {
        let changes = zip(tree.values, tree.valuesBefore).map { max($0, $1) - min($0, $1) }
        let one = FoldedCount.powerOfTen(tree.fractionDigits)
        largest = Double(max(changes.max() ?? 0, one))
        self.isNegated = isNegated
    }

    /// The color of a change.
    func color(of change: Double) -> RGBColor {
        let change = isNegated ? -change : change
        if change == 0 { return RGBColor(255, 255, 255) }
        let rest = Int(210 * (largest - abs(change)) / largest)
        return change > 0 ? RGBColor(255, rest, rest) : RGBColor(rest, rest, 255)
    }
}
