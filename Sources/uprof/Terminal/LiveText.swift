/// A block of text that is redrawn in place on a terminal, and appended elsewhere.
struct LiveText {
    private let isTerminal = StandardOutput.isTerminal
    private var linesDrawn = 0
    private var isFirst = true

    /// Shows a text in the place of the last one.
    mutating func show(_ text: String) throws(StreamError) {
        guard isTerminal else {
            try StandardOutput.write(isFirst ? text : "\n" + text)
            isFirst = false
            return
        }
        // Up to the first line of the last text, then clear to the end of the screen.
        let rewind = linesDrawn > 0 ? "\u{1B}[\(linesDrawn)A\r\u{1B}[J" : ""
        try StandardOutput.write(rewind + text)
        linesDrawn = text.count { $0 == "\n" }
    }

    /// Prints a text above that stays; the block is drawn anew below it.
    mutating func printAbove(_ text: String) throws(StreamError) {
        let rewind = linesDrawn > 0 ? "\u{1B}[\(linesDrawn)A\r\u{1B}[J" : ""
        try StandardOutput.write(rewind + text)
        linesDrawn = 0
    }
}
