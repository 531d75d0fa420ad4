import Foundation

/// A box of a flame graph, whoever has drawn it.
struct FlameBox: Hashable, Comparable {
    /// What the pointer shows: `name (N samples, P%)`.
    let title: String
    /// The fill.
    let color: String

    /// The name in the title.
    var name: String { parts.dropLast().joined(separator: " (") }
    /// The number in the title.
    var count: Int { Int((parts.last ?? "").prefix { $0 != " " }.filter(\.isNumber)) ?? 0 }

    private var parts: [String] { title.components(separatedBy: " (") }

    static func < (left: FlameBox, right: FlameBox) -> Bool {
        (left.title, left.color) < (right.title, right.color)
    }

    /// All boxes of a picture, sorted.
    static func all(in svg: String) -> [FlameBox] {
        let frames = svg.components(separatedBy: "id=\"frames\"").last ?? ""
        return frames.components(separatedBy: "<title>").dropFirst().compactMap { part in
            let pieces = part.components(separatedBy: "</title>")
            guard pieces.count > 1, let rectangle = pieces[1].range(of: "<rect ") else {
                return nil
            }
            let color =
                pieces[1][rectangle.upperBound...].components(separatedBy: "fill=\"")
                .dropFirst().first?.prefix { $0 != "\"" } ?? ""
            return FlameBox(title: pieces[0], color: String(color))
        }.sorted()
    }
}
