/// Draws the boxes of a flame graph.
struct FlameBoxes {
    /// What all boxes of a frame have in common: a frame can be in many.
    private struct Look {
        let name: String
        let title: String
        let module: String
        let color: String

        /// The box of all stacks.
        static let ground = Look(
            name: "all", title: "all", module: "", color: FlamePalette.ground)
    }

    private let looks: [Look]
    private let unit: String
    private let geometry: FlameGraphGeometry

    /// Prepares to draw the frames of a profile.
    init(_ frames: [Frame], options: FlameGraphOptions, _ geometry: FlameGraphGeometry) {
        looks = frames.map { frame in
            Look(
                name: HarmlessText.of(frame.name), title: XMLText.escaped(frame.name),
                module: XMLText.escaped(frame.module), color: FlamePalette.color(of: frame))
        }
        unit = XMLText.escaped(options.countName ?? options.valueKind.unit)
        self.geometry = geometry
    }

    /// The elements of all boxes, a line each.
    func drawing(of layout: FlameLayout) -> String {
        let scale = geometry.innerWidth / Double(max(layout.total, 1))
        var text = ""
        for box in layout.boxes {
            let look = box.frame.map { looks[$0] } ?? .ground
            let x = Double(FlameGraphGeometry.margin) + Double(box.start) * scale
            let width = Double(box.value) * scale
            let top = geometry.top(ofDepth: box.depth)
            text += group(box, look)
            text += "<title>\(look.title) (\(value(of: box, in: layout)))</title>"
            text += rectangle(x: x, top: top, width: width, color: look.color)
            text += label(geometry.fitted(look.name, to: width), x: x, top: top)
            text += "</g>\n"
        }
        return text
    }

    /// The start tag, with what the script needs to lay the box out anew.
    private func group(_ box: FlameLayout.Box, _ look: Look) -> String {
        let module = look.module.isEmpty ? "" : " data-m=\"\(look.module)\""
        let (start, end) = (box.start, box.end)
        return "<g data-s=\"\(start)\" data-e=\"\(end)\" data-d=\"\(box.depth)\"\(module)>"
    }

    private func rectangle(x: Double, top: Int, width: Double, color: String) -> String {
        let height = FlameGraphGeometry.boxPitch - FlameGraphGeometry.boxGap
        let drawn = geometry.drawn(width)
        return "<rect x=\"\(pixels(x))\" y=\"\(top)\" width=\"\(pixels(drawn))\" "
            + "height=\"\(height)\" rx=\"2\" fill=\"\(color)\"/>"
    }

    private func label(_ text: String, x: Double, top: Int) -> String {
        guard !text.isEmpty else { return "" }
        let left = pixels(x + Double(FlameGraphGeometry.textInset))
        let baseline = top + FlameGraphGeometry.textBaseline
        return "<text x=\"\(left)\" y=\"\(baseline)\">\(XMLText.escaped(text))</text>"
    }

    /// What a box stands for: `1,234 calls, 5.67%`.
    private func value(of box: FlameLayout.Box, in layout: FlameLayout) -> String {
        let share = HumanUnits.percentage(box.value, of: layout.total, fractionDigits: 2)
        return "\(HumanUnits.count(box.value)) \(unit), \(share)"
    }

    /// A length to a hundredth of a pixel.
    private func pixels(_ length: Double) -> String {
        let hundredths = Int((length * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
