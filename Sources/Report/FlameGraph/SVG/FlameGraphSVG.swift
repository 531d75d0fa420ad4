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
        var options = options
        let (layout, boxCount) = layout(of: tree)
        if boxCount > layout.boxes.count {
            let limit = "the widest \(layout.boxes.count) of \(boxCount) boxes"
            options.subtitle = options.subtitle.map { "\($0) (\(limit))" } ?? limit
        }
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

    /// How many boxes are drawn unless a smallest width is given: Chromium opens as many in less
    /// than 1.5 s and zooms in less than 0.2 s; both grow with their number.
    static let mostBoxes = 12_000

    /// Where boxes are, and how many there would be were there no limit to their number.
    private func layout(of tree: FlameTree) -> (FlameLayout, boxCount: Int) {
        let whole = units(of: options.total, in: tree)
        func layout(_ smallestShare: Double) -> FlameLayout {
            FlameLayout(
                tree, sortsByName: options.sortsByName, smallestShare: smallestShare, whole: whole)
        }
        let all = layout(share(of: options.minimumWidth ?? .pixels(0.1)))
        guard options.minimumWidth == nil, all.boxes.count > Self.mostBoxes else {
            return (all, all.boxes.count)
        }
        let widths = all.boxes.map(\.width).sorted(by: >)
        // Wider than the first that is too many: no box is as wide as that and a half.
        let smallest = Double(widths[Self.mostBoxes]) + 0.5
        return (layout(smallest / Double(max(all.width, whole))), all.boxes.count)
    }

    /// The share of the whole that a width is.
    private func share(of width: FlameGraphOptions.MinimumWidth) -> Double {
        switch width {
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
