/// Stacks as an interactive flame graph: one SVG file that needs nothing else.
package struct FlameGraphSVG: Renderer {
    /// How it looks.
    package var options: FlameGraphOptions

    /// A flame graph.
    package init(options: FlameGraphOptions = FlameGraphOptions()) {
        self.options = options
    }

    package func render(_ profile: StackProfile) -> String {
        let layout = layout(of: profile)
        let geometry = FlameGraphGeometry(options: options, depth: layout.depth)
        return """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            \(rootElement(geometry))
            <title>\(XMLText.escaped(options.title))</title>
            <style>
            \(FlameGraphStyle.css)
            </style>
            \(furniture(geometry, isEmpty: layout.boxes.isEmpty))
            <g id="frames">
            \(FlameBoxes(profile.frames, options: options, geometry).drawing(of: layout))</g>
            <script type="text/ecmascript"><![CDATA[
            \(FlameGraphScript.source)
            ]]></script>
            </svg>

            """
    }

    private func layout(of profile: StackProfile) -> FlameLayout {
        guard let valueIndex = profile.valueIndex(of: options.valueKind) else {
            return FlameLayout(StackProfile(valueKinds: [.calls]), valueIndex: 0, smallestShare: 0)
        }
        let geometry = FlameGraphGeometry(options: options, depth: 0)
        let smallestShare = max(options.minimumBoxWidth, 0) / geometry.innerWidth
        return FlameLayout(profile, valueIndex: valueIndex, smallestShare: smallestShare)
    }
}

extension FlameGraphSVG {
    private static let searchWidth = 220
    /// From the right edge to the word "Search".
    private static let searchRight = 42

    /// The root element, with the measures the script needs.
    private func rootElement(_ geometry: FlameGraphGeometry) -> String {
        typealias Measures = FlameGraphGeometry
        let fluid = options.width == nil ? " data-fluid=\"1\"" : ""
        return """
            <svg id="uprof" version="1.1" xmlns="http://www.w3.org/2000/svg" \
            width="\(geometry.width)" height="\(geometry.height)" \
            viewBox="0 0 \(geometry.width) \(geometry.height)" \
            data-margin="\(Measures.margin)" data-inset="\(Measures.textInset)" \
            data-baseline="\(Measures.textBaseline)" data-character="\(Measures.characterWidth)" \
            data-narrowest="\(Measures.narrowest)" data-narrowing="\(Measures.narrowing)" \
            data-smallest="\(Measures.smallestWidth)" \
            data-search-right="\(Self.searchWidth + Self.searchRight)"\(fluid)>
            """
    }

    /// Everything but the boxes: heading, controls, details.
    private func furniture(_ geometry: FlameGraphGeometry, isEmpty: Bool) -> String {
        let (margin, first) = (FlameGraphGeometry.margin, FlameGraphGeometry.titleBaseline)
        let second = FlameGraphGeometry.subtitleBaseline
        let subtitle = isEmpty ? "no stacks" : options.subtitle ?? ""
        return """
            <rect id="background" width="100%" height="100%"/>
            <text id="title" x="50%" y="\(first)">\(XMLText.escaped(options.title))</text>
            <text id="subtitle" x="50%" y="\(second)">\(XMLText.escaped(subtitle))</text>
            <text id="unzoom" class="control hidden" x="\(margin)" y="\(first)">Reset zoom</text>
            <text id="search" class="control" x="100%" dx="-\(Self.searchRight)" \
            y="\(first)">Search</text>
            <text id="ignorecase" class="control" x="100%" dx="-\(margin)" y="\(first)">\
            <title>ignore case (Ctrl-I)</title>Aa</text>
            <foreignObject id="searchbox" class="hidden" \
            x="\(geometry.width - Self.searchWidth - Self.searchRight)" y="\(first - 17)" \
            width="\(Self.searchWidth)" height="26">\
            <input xmlns="http://www.w3.org/1999/xhtml" id="term" type="text" \
            placeholder="regular expression" spellcheck="false" autocomplete="off"/>\
            </foreignObject>
            <text id="matched" x="100%" dx="-\(margin)" y="\(second)"></text>
            <text id="details" x="\(margin)" y="\(geometry.detailsBaseline)"></text>
            """
    }
}
