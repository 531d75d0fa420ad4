/// Names from files and processes, fit to be shown.
///
/// They can hold anything: escape sequences that would change the terminal, line breaks that
/// would break a format, and characters that XML does not know.
package enum HarmlessText {
    private static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// The text with each character that is not there to be seen replaced by U+FFFD.
    package static func of(_ text: String) -> String {
        let isPlain = text.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.allSatisfy { (0x20..<0x7F).contains($0) }
        }
        if isPlain == true { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            result.append(isHarmless(scalar) ? scalar : replacement)
        }
        return String(result)
    }

    /// The last part of a module's path.
    static func fileName(of module: String) -> String {
        of(module.split(separator: "/").last.map(String.init) ?? "")
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: false  // C0, DEL, C1
        case 0x2028, 0x2029: false  // line and paragraph separators
        case 0x202A...0x202E, 0x2066...0x2069: false  // change of writing direction
        case 0xFFFE, 0xFFFF: false  // not characters: XML 1.0, section 2.2
        default: true
        }
    }
}
