/// The style sheet of a flame graph.
enum FlameGraphStyle {
    /// CSS, without characters that XML gives a meaning.
    static let css = """
        #uprof { color-scheme: light dark; }
        #background { fill: #ffffff; }
        text { font: 12px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #24292f; }
        #title { font-size: 17px; font-weight: 600; text-anchor: middle; }
        #subtitle { text-anchor: middle; fill: #6e7781; }
        #matched, #search, #ignorecase { text-anchor: end; }
        #details, #matched { font-variant-numeric: tabular-nums; }
        .control { cursor: pointer; fill: #57606a; user-select: none; }
        .control:hover { fill: #0969da; text-decoration: underline; }
        .control.on { fill: #0969da; font-weight: 600; }
        .hidden { display: none; }
        #frames { cursor: pointer; }
        #frames text { font: 12px Menlo, Consolas, "DejaVu Sans Mono", monospace; }
        #frames text { fill: #1b1f24; pointer-events: none; white-space: pre; }
        #frames g:hover rect { stroke: #1b1f24; stroke-width: 1; }
        #frames .caller { opacity: 0.55; }
        #frames .match rect { fill: #a21caf; }
        #frames .match text { fill: #ffffff; }
        #term { box-sizing: border-box; width: 100%; height: 24px; padding: 0 6px; }
        #term { font: 12px Menlo, Consolas, "DejaVu Sans Mono", monospace; outline: none; }
        #term { border: 1px solid #8c959f; border-radius: 4px; }
        #term:focus { border-color: #0969da; }
        #term.invalid { border-color: #cf222e; color: #cf222e; }
        @media (prefers-color-scheme: dark) {
            #background { fill: #16181d; }
            text { fill: #e6e8eb; }
            #subtitle { fill: #9aa4af; }
            .control { fill: #9aa4af; }
            .control:hover, .control.on { fill: #6cb6ff; }
            #frames g:hover rect { stroke: #ffffff; }
        }
        """
}
