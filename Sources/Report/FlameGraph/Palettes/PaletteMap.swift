internal import Bytes
internal import SystemPackage

/// Colors of names that a file keeps, so that graphs made one after the other agree.
///
/// The format is flamegraph.pl's: `NAME->rgb(R,G,B)`, a line each, sorted.
package struct PaletteMap: Sendable, Equatable {
    /// The colors, as they are written.
    private var colors: [String: String] = [:]

    /// A map without colors.
    package init() {}

    /// The lines of a file; what is not of the form is left out.
    ///
    /// A color goes into the picture as it is, so that it must look like one.
    package init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            // The first arrow that a color follows: names of C++ have arrows too.
            guard let arrow = line.indices.last(where: { line[$0...].hasPrefix("->") }) else {
                continue
            }
            let color = String(line[line.index(arrow, offsetBy: 2)...])
            if Self.isColor(color) { colors[String(line[..<arrow])] = color }
        }
    }

    /// The lines of the file.
    package var text: String {
        colors.sorted { ByteOrder.precedes(Array($0.key.utf8), Array($1.key.utf8)) }
            .map { "\($0.key)->\($0.value)\n" }.joined()
    }

    /// The color of a name, which is kept if it was not there.
    mutating func color(of name: String, otherwise color: RGBColor) -> String {
        if let known = colors[name] { return known }
        let text = color.description
        colors[name] = text
        return text
    }

    private static func isColor(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                let character = Character(Unicode.Scalar(byte))
                return character.isASCII
                    && (character.isLetter || character.isNumber || "#(),.% ".contains(character))
            }
    }
}
