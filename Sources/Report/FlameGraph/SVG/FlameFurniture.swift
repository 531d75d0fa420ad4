/// Everything of a flame graph but its boxes: heading, controls, details, style and script.
struct FlameFurniture {
    let options: FlameGraphOptions
    let geometry: FlameGraphGeometry

    private static let searchWidth = 220
    /// From the right edge to the word "Search".
    private static let searchRight = 42

    /// The file up to the boxes.
    func beginning(_ tree: FlameTree, _ layout: FlameLayout) -> String {
        """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        \(rootElement)
        \(comment)<title>\(XMLText.escaped(options.heading))</title>
        <style>
        \(PageSource.flameGraphStyle)\(fontRule)\(tree.isDifference ? Self.outlineRule : "")</style>
        \(tree.isDifference ? goneBoxes : "")\(controls(isEmpty: layout.boxes.isEmpty))
        \(tree.isDifference ? legend(tree, layout) : "")\(Self.loadingScript)
        <g id="frames">

        """
    }

    /// Where scripts run, boxes are laid out when all are there and the script has placed them.
    private static let loadingScript = """
        <script type="text/ecmascript">(document.currentScript.closest("svg") || \
        document.documentElement).classList.add("loading")</script>
        """

    /// The file behind the boxes.
    var end: String {
        """
        </g>
        <script type="text/ecmascript"><![CDATA[
        \(PageSource.flameGraphScript)]]></script>
        </svg>

        """
    }

    /// The root element, with the measures the script needs.
    private var rootElement: String {
        typealias Measures = FlameGraphGeometry
        let fluid = options.width == nil ? " data-fluid=\"1\"" : ""
        return """
            <svg id="uprof" version="1.1" xmlns="http://www.w3.org/2000/svg" \
            width="\(geometry.width)" height="\(geometry.height)" \
            viewBox="0 0 \(geometry.width) \(geometry.height)" \
            data-margin="\(Measures.margin)" data-inset="\(Measures.textInset)" \
            data-baseline="\(geometry.textBaseline)" data-character="\(geometry.characterWidth)" \
            data-narrowest="\(Measures.narrowest)" data-narrowing="\(Measures.narrowing)" \
            data-smallest="\(Measures.smallestWidth)" \
            data-search-right="\(Self.searchWidth + Self.searchRight)"\(fluid)>
            """
    }

    /// The notes; two hyphens would end the comment.
    private var comment: String {
        guard let notes = options.notes else { return "" }
        var text = ""
        for character in HarmlessText.of(notes) {
            text += character == "-" && text.hasSuffix("-") ? " -" : String(character)
        }
        return "<!-- NOTES: \(text) -->\n"
    }

    /// Boxes that have not changed are white, as the page can be.
    private static let outlineRule = "#frames rect { stroke: #afb8c1; stroke-width: 0.5; }\n"

    private var fontRule: String {
        // No more than names of fonts need, as this goes into a style sheet.
        let allowed = " ,-_"
        let name = (options.fontFamily ?? "").filter {
            $0.isLetter || $0.isNumber || allowed.contains($0)
        }
        let family = name.isEmpty ? "" : "font-family: \(name), monospace; "
        guard !family.isEmpty || options.fontSize != 12 else { return "" }
        return "#frames text { \(family)font-size: \(options.fontSize)px; }\n"
    }

    private func controls(isEmpty: Bool) -> String {
        let (margin, first) = (FlameGraphGeometry.margin, FlameGraphGeometry.titleBaseline)
        let second = FlameGraphGeometry.subtitleBaseline
        let subtitle = isEmpty ? "no stacks" : options.subtitle ?? ""
        return """
            <rect id="background" width="100%" height="100%"/>
            <text id="title" x="50%" y="\(first)">\(XMLText.escaped(options.heading))</text>
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

extension FlameFurniture {
    /// The pattern of boxes that are there no longer: stripes in the color of less.
    private var goneBoxes: String {
        let color = options.isNegated ? "255,195,195" : "195,195,255"
        return """
            <defs><pattern id="gone" width="6" height="6" patternUnits="userSpaceOnUse" \
            patternTransform="rotate(45)"><rect width="6" height="6" fill="rgb(243,243,246)"/>\
            <rect width="2.5" height="6" fill="rgb(\(color))"/></pattern></defs>

            """
    }

    /// What the colors of a difference mean.
    private func legend(_ tree: FlameTree, _ layout: FlameLayout) -> String {
        let (more, less) = options.isNegated ? ("blue", "red") : ("red", "blue")
        let total = layout.totals[FlameTree.root]
        let gone = layout.width > total ? layout.width - total : 0
        let before = tree.totals(of: tree.valuesBefore)
        let share = HumanUnits.percentage(gone, of: before[FlameTree.root])
        let striped = gone > 0 ? ", striped: gone (\(share) of before)" : ""
        return """
            <text id="legend" x="100%" dx="-\(FlameGraphGeometry.margin)" \
            y="\(geometry.detailsBaseline)">\(more): more than before, \(less): less\(striped)</text>

            """
    }
}
