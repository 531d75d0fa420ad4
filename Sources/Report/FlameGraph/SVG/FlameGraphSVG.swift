/// Stacks as an interactive flame graph: one SVG file that needs nothing else.
package struct FlameGraphSVG: Renderer {
    /// How it looks.
    package var options: FlameGraphOptions

    /// A flame graph.
    package init(options: FlameGraphOptions = FlameGraphOptions()) {
        self.options = options
    }

    package func render(_ profile: StackProfile) -> String {
        let index = profile.valueIndex(of: options.valueKind)
        let tree = index.map {
            FlameTree(profile, valueIndex: $0, isReversed: options.isReversed)
        }
        return String(decoding: draw(tree ?? FlameTree()).svg, as: UTF8.self)
    }

    /// Draws a tree.
    ///
    /// - Returns: The file, and the map of colors, if options have one, with those that are new.
    package func draw(_ tree: FlameTree) -> (svg: [UInt8], paletteMap: PaletteMap?) {
        let layout = FlameLayout(
            tree, sortsByName: options.sortsByName, smallestShare: smallestShare,
            whole: units(of: options.total, in: tree))
        let total = max(layout.width, units(of: options.total, in: tree))
        let geometry = FlameGraphGeometry(options: options, depth: layout.depth)
        let furniture = FlameFurniture(options: options, geometry: geometry)
        var boxes = FlameBoxes(tree, layout, total: total, options, geometry)
        var text = Array(furniture.beginning(tree, layout).utf8)
        text.reserveCapacity(text.count + layout.boxes.count * 250)
        let paletteMap = boxes.draw(to: &text)
        text += furniture.end.utf8
        return (text, paletteMap)
    }

    /// The share of the whole below which boxes are left out.
    private var smallestShare: Double {
        switch options.minimumWidth {
        case .percent(let percent): max(percent, 0) / 100
        case .pixels(let pixels):
            max(pixels, 0) / FlameGraphGeometry(options: options, depth: 0).innerWidth
        }
    }

    /// The value of the whole in units of a tree; zero if none is given.
    private func units(of total: Double?, in tree: FlameTree) -> UInt64 {
        let units = (total ?? 0) * Double(FoldedCount.powerOfTen(tree.fractionDigits))
        return UInt64(exactly: max(units.rounded(), 0)) ?? 0
    }
}
