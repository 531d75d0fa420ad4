internal import Compression

/// Stacks as a page to look around in: one HTML file that needs nothing else.
package struct FlameGraphHTML: Renderer {
    /// How it looks.
    package var options: FlameGraphOptions

    /// A page.
    package init(options: FlameGraphOptions = FlameGraphOptions()) {
        self.options = options
    }

    package func render(_ profile: StackProfile) -> String {
        let index = profile.valueIndex(of: options.valueKind)
        let tree = index.map { FlameTree(profile, valueIndex: $0) }
        return String(decoding: draw(tree ?? FlameTree()), as: UTF8.self)
    }

    /// Draws a tree.
    package func draw(_ tree: FlameTree) -> [UInt8] {
        let layout = FlameLayout(
            tree, sortsByName: options.sortsByName, smallestShare: smallestShare)
        let data = PageData(tree, layout, options).bytes
        let compressed = data.count < Self.smallSize ? nil : Zlib.compress(data)
        var page = Array(beginning(settings(tree, isCompressed: compressed != nil)).utf8)
        page += Base64.encoded(compressed ?? data)
        page += Self.end.utf8
        return page
    }

    /// Fewer bytes are not worth the time that taking them apart takes the browser.
    private static let smallSize = 32 << 10

    /// All stacks are in the page, unless a share of the whole was asked for.
    private var smallestShare: Double {
        if case .percent(let percent) = options.minimumWidth { max(percent, 0) / 100 } else { 0 }
    }

    /// What the script has to know besides the stacks, as JSON that no element can be closed in.
    private func settings(_ tree: FlameTree, isCompressed: Bool) -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("title", options.heading)
            json.member("unit", options.unit)
            json.member("scale", FoldedCount.powerOfTen(tree.fractionDigits))
            json.member("factor", "\(options.factor)")
            json.member("compressed", isCompressed ? 1 : 0)
            json.member("difference", tree.isDifference ? 1 : 0)
            json.member("negated", options.isNegated ? 1 : 0)
            json.member("chart", tree.starts.isEmpty ? 0 : 1)
            json.member("inverted", options.isInverted ? 1 : 0)
            json.member("reversed", options.isReversed ? 1 : 0)
        }
        return json.text.split(separator: "<", omittingEmptySubsequences: false)
            .joined(separator: "\\u003c")
    }

    private func beginning(_ settings: String) -> String {
        let title = XMLText.escaped(options.heading)
        let subtitle = XMLText.escaped(options.subtitle ?? "")
        let notes = XMLText.escaped(options.notes ?? "")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="uprof">
            <meta name="description" content="\(notes)">
            <link rel="icon" href="data:,">
            <title>\(title)</title>
            <style>
            \(PageSource.pageStyle)</style>
            </head>
            <body>
            <header class="heading"><h1>\(title)</h1><p id="subtitle">\(subtitle)</p></header>
            \(PageSource.pageBody)<script id="settings" type="application/json">\(settings)</script>
            <script id="stacks" type="application/octet-stream">
            """
    }

    private static var end: String {
        """
        </script>
        <script>
        "use strict";
        (() => {
        \(PageSource.pageScript)})();
        </script>
        </body>
        </html>

        """
    }
}
