internal import Bytes

extension FunctionCatalog {
    /// The names that are most like a name nothing has, likeliest first: those a few typing
    /// errors away, then those that contain it. Mangled ones count as they are in the source.
    package func nearestNames(to name: String, limit: Int) -> [String] {
        let wanted = Array(name.utf8)
        guard !wanted.isEmpty, limit > 0 else { return [] }
        // A third of a name wrong is another name.
        var distance = EditDistance(from: wanted, limit: Swift.min(wanted.count / 3, 4))
        let word = Array(Self.lastWord(of: wanted))
        var wordDistance = EditDistance(from: word, limit: Swift.min(word.count / 3, 4))
        var found = Suggestions(limit: limit)
        var demangled = 0
        for entry in indices.lazy.flatMap({ names(of: $0) }) {
            withName(entry) { raw in
                if let errors = distance.distance(to: raw.elements) {
                    found.add(raw.text, rank: errors)
                } else if demangled < Self.mostDemangled, Self.canBeMangled(raw, from: word) {
                    demangled += 1
                    guard let source = Demangler.baseName(raw.text) else { return }
                    let bytes = Array(source.utf8)
                    if let errors = wordDistance.distance(to: Array(Self.lastWord(of: bytes)).span)
                    {
                        found.add(source, rank: errors * Self.wordRank + source.utf8.count)
                    } else if bytes.span.bytes.contains(wanted.span.bytes) {
                        found.add(source, rank: Self.containingRank + source.utf8.count)
                    }
                } else if raw.byteCount < 64, wanted.count > 2, raw.contains(wanted.span.bytes),
                    Demangler.language(of: raw.text) == nil
                {
                    found.add(raw.text, rank: Self.containingRank + raw.byteCount)
                }
            }
        }
        return found.names
    }

    /// Ranks names with the same number of errors in their last words, the shortest first.
    private static let wordRank = 1000
    /// Ranks after all typing errors; the shortest of these come first.
    private static let containingRank = 10_000
    /// Demangling takes microseconds, and a suggestion is not worth seconds.
    private static let mostDemangled = 20_000

    /// Whether a mangled name can be that of a source name that ends in a word like this one: it
    /// starts as mangled names do and has the beginning or the end of the word in it, in clear.
    private static func canBeMangled(_ raw: RawSpan, from word: [UInt8]) -> Bool {
        guard let first = raw.byte(at: 0), first == UInt8(ascii: "_") || first == UInt8(ascii: "$"),
            word.count > 2
        else { return false }
        return raw.contains(Array(word.prefix(3)).span.bytes)
            || raw.contains(Array(word.suffix(3)).span.bytes)
    }

    /// What is behind the last `::` or `.` of a name.
    private static func lastWord(of name: [UInt8]) -> ArraySlice<UInt8> {
        let end = name.lastIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") } ?? -1
        return name[(end + 1)...]
    }
}
