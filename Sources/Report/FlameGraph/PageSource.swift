internal import CPages

/// The scripts and style sheets that flame graphs are shown with.
enum PageSource {
    /// The style sheet of an SVG.
    static let flameGraphStyle = text(uprof_svg_style, uprof_svg_style_size)
    /// The script of an SVG.
    static let flameGraphScript = text(uprof_svg_script, uprof_svg_script_size)
    /// The elements of an HTML page.
    static let pageBody = text(uprof_page_body, uprof_page_body_size)
    /// The style sheet of an HTML page.
    static let pageStyle = text(uprof_page_style, uprof_page_style_size)
    /// The script of an HTML page.
    static let pageScript = text(uprof_page_script, uprof_page_script_size)

    private static func text(_ start: UnsafePointer<UInt8>, _ size: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: start, count: size), as: UTF8.self)
    }
}
