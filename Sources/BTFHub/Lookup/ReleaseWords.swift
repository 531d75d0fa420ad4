internal import Bytes

/// A kernel release as numbers and words, to tell how similar others are.
package struct ReleaseWords {
    private let bytes: [UInt8]
    private let words: [Range<Int>]

    init(_ release: String) {
        let bytes = Array(release.utf8)
        var words: [Range<Int>] = []
        bytes.span.bytes.forEachReleaseWord { words.append($0) }
        self.bytes = bytes
        self.words = words
    }

    /// How similar two releases are; more is greater.
    package struct Similarity: Comparable {
        /// How many words at the start are the same.
        let common: Int
        /// How far the first words that differ are apart, if they are numbers.
        let distance: Int
        /// Whether they end alike: in the flavor or the instruction set.
        let endsAlike: Bool

        package static func < (left: Self, right: Self) -> Bool {
            if left.common != right.common { return left.common < right.common }
            if left.endsAlike != right.endsAlike { return right.endsAlike }
            return left.distance > right.distance
        }
    }

    /// How similar a release is, of which there are the bytes; a catalog has many to compare.
    func similarity(of release: RawSpan) -> Similarity {
        var (common, number, last) = (0, 0, 0..<0)
        var distance = Int.max
        release.forEachReleaseWord { word in
            if common == number, common < words.count {
                if isWord(common, word, of: release) {
                    common += 1
                } else {
                    distance = self.distance(common, release.extracting(word))
                }
            }
            number += 1
            last = word
        }
        return Similarity(
            common: common, distance: distance,
            endsAlike: !words.isEmpty && isWord(words.count - 1, last, of: release))
    }

    private func isWord(_ index: Int, _ word: Range<Int>, of release: RawSpan) -> Bool {
        bytes.span.bytes.extracting(words[index]).isEqual(to: release.extracting(word))
    }

    private func distance(_ index: Int, _ word: RawSpan) -> Int {
        guard let own = bytes.span.bytes.extracting(words[index]).decimal,
            let other = word.decimal
        else { return .max }
        return abs(own - other)
    }
}

extension RawSpan {
    /// The parts of a release between its separators.
    fileprivate func forEachReleaseWord(_ body: (Range<Int>) -> Void) {
        var start = 0
        for offset in 0...byteCount {
            if let byte = byte(at: offset), !Self.isSeparator(byte) { continue }
            if offset > start { body(start..<offset) }
            start = offset + 1
        }
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// The number they are in decimal digits, if they are and it is not too large.
    fileprivate var decimal: Int? {
        guard (1...18).contains(byteCount) else { return nil }
        var value = 0
        for offset in 0..<byteCount {
            let digit = Int(byte(at: offset) ?? 0) - 0x30
            guard (0...9).contains(digit) else { return nil }
            value = value * 10 + digit
        }
        return value
    }
}
