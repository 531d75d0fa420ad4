/// Draws the boxes of a flame graph.
struct FlameBoxes {
    private let tree: FlameTree
    private let layout: FlameLayout
    private let geometry: FlameGraphGeometry
    private let numbers: FlameNumbers
    private let total: UInt64
    private var looks: FlameLooks

    /// Prepares to draw a layout.
    ///
    /// - Parameters:
    ///   - tree: What is laid out.
    ///   - layout: Where boxes lie.
    ///   - total: The width of the whole, in units of the tree.
    ///   - options: How it looks.
    ///   - geometry: The measures of the picture.
    init(
        _ tree: FlameTree, _ layout: FlameLayout, total: UInt64, _ options: FlameGraphOptions,
        _ geometry: FlameGraphGeometry
    ) {
        self.tree = tree
        self.layout = layout
        self.total = total
        self.geometry = geometry
        let whole = tree.isDifference ? layout.totals[FlameTree.root] : total
        numbers = FlameNumbers(tree, total: whole, options)
        looks = FlameLooks(tree, options)
    }

    /// Appends the elements of all boxes, a line each.
    ///
    /// - Returns: The map of colors, if options have one, with the colors that are new.
    mutating func draw(to text: inout [UInt8]) -> PaletteMap? {
        let scale = geometry.innerWidth / Double(max(total, 1))
        for box in layout.boxes {
            let isGround = box.node == FlameTree.root
            let look = isGround ? looks.ground : looks.look(ofNode: box.node)
            let end = isGround ? max(total, box.end) : box.end
            let x = Double(FlameGraphGeometry.margin) + Double(box.start) * scale
            let width = Double(end - box.start) * scale
            let top = geometry.top(ofDepth: box.depth)
            appendStart(of: box, end: end, look, to: &text)
            appendValue(of: box, to: &text)
            text.append(")</title>")
            drawRectangle(x: x, top: top, width: width, fill: fill(of: box, look), to: &text)
            drawLabel(geometry.fitted(look.name, to: width), x: x, top: top, to: &text)
            text.append("</g>\n")
        }
        return looks.paletteMap
    }

    /// The start tag, with what the script needs to lay the box out anew, and the name.
    private func appendStart(
        of box: FlameLayout.Box, end: UInt64, _ look: FlameLooks.Look, to text: inout [UInt8]
    ) {
        text.append("<g data-s=\"")
        text.append(decimal: box.start)
        text.append("\" data-e=\"")
        text.append(decimal: end)
        text.append("\" data-d=\"")
        text.append(decimal: UInt64(box.depth))
        text.append("\"")
        text += look.module
        text.append("><title>")
        text += look.title
        text.append(" (")
    }

    /// What a box stands for: `1,234 calls, 5.67%`.
    private func appendValue(of box: FlameLayout.Box, to text: inout [UInt8]) {
        let value = layout.totals[box.node]
        if box.node == FlameTree.root {
            numbers.appendAll(to: &text)
        } else if tree.isDifference {
            numbers.append(value, change: looks.shownChange(box.node), to: &text)
        } else {
            numbers.append(value, to: &text)
        }
    }

    /// The color of a box, or the pattern of what is gone.
    private func fill(of box: FlameLayout.Box, _ look: FlameLooks.Look) -> String {
        guard tree.isDifference, box.node != FlameTree.root else { return look.color }
        return layout.totals[box.node] == 0 ? "url(#gone)" : looks.changeColor(box.node)
    }

    private func drawRectangle(
        x: Double, top: Int, width: Double, fill: String, to text: inout [UInt8]
    ) {
        text.append("<rect x=\"")
        append(x, to: &text)
        text.append("\" y=\"")
        text.append(decimal: UInt64(max(top, 0)))
        text.append("\" width=\"")
        append(geometry.drawn(width), to: &text)
        text.append("\" height=\"")
        text.append(decimal: UInt64(geometry.boxHeight))
        text.append("\" rx=\"2\" fill=\"")
        text += fill.utf8
        text.append("\"/>")
    }

    private func drawLabel(_ label: String, x: Double, top: Int, to text: inout [UInt8]) {
        guard !label.isEmpty else { return }
        text.append("<text x=\"")
        append(x + Double(FlameGraphGeometry.textInset), to: &text)
        text += "\" y=\"\(top + geometry.textBaseline)\">\(XMLText.escaped(label))</text>".utf8
    }

    /// A length to a hundredth of a pixel.
    private func append(_ length: Double, to text: inout [UInt8]) {
        text.append(hundredths: UInt64(max((length * 100).rounded(), 0)))
    }
}
