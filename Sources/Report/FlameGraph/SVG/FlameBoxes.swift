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
            text += "<g data-s=\"\(box.start)\" data-e=\"\(end)\" data-d=\"\(box.depth)\"".utf8
            text += look.module.utf8
            text += "><title>".utf8
            text += look.title.utf8
            text += " (\(isGround ? XMLText.escaped(numbers.all) : value(of: box)))</title>".utf8
            drawRectangle(x: x, top: top, width: width, fill: fill(of: box, look), to: &text)
            drawLabel(geometry.fitted(look.name, to: width), x: x, top: top, to: &text)
            text += "</g>\n".utf8
        }
        return looks.paletteMap
    }

    /// What a box stands for: `1,234 calls, 5.67%`.
    private func value(of box: FlameLayout.Box) -> String {
        let value = layout.totals[box.node]
        guard tree.isDifference else { return XMLText.escaped(numbers.value(value)) }
        return XMLText.escaped(numbers.value(value, change: looks.shownChange(box.node)))
    }

    /// The color of a box, or the pattern of what is gone.
    private func fill(of box: FlameLayout.Box, _ look: FlameLooks.Look) -> String {
        guard tree.isDifference, box.node != FlameTree.root else { return look.color }
        return layout.totals[box.node] == 0 ? "url(#gone)" : looks.changeColor(box.node)
    }

    private func drawRectangle(
        x: Double, top: Int, width: Double, fill: String, to text: inout [UInt8]
    ) {
        text += "<rect x=\"".utf8
        append(x, to: &text)
        text += "\" y=\"\(top)\" width=\"".utf8
        append(geometry.drawn(width), to: &text)
        text += "\" height=\"\(geometry.boxHeight)\" rx=\"2\" fill=\"\(fill)\"/>".utf8
    }

    private func drawLabel(_ label: String, x: Double, top: Int, to text: inout [UInt8]) {
        guard !label.isEmpty else { return }
        text += "<text x=\"".utf8
        append(x + Double(FlameGraphGeometry.textInset), to: &text)
        text += "\" y=\"\(top + geometry.textBaseline)\">\(XMLText.escaped(label))</text>".utf8
    }

    /// A length to a hundredth of a pixel.
    private func append(_ length: Double, to text: inout [UInt8]) {
        let hundredths = Int((length * 100).rounded())
        let fraction = hundredths % 100
        text += "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)".utf8
    }
}
