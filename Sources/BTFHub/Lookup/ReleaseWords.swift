/// A kernel release as numbers and words, to tell how similar two are.
struct ReleaseWords {
    private let words: [Substring]

    init(_ release: String) {
        words = release.split { ".-_+~".contains($0) }
    }

    /// How similar two releases are; more is greater.
    struct Similarity: Comparable {
        /// How many words at the start are the same.
        let common: Int
        /// How far the first words that differ are apart, if they are numbers.
        let distance: Int
        /// Whether they end alike: in the flavor or the instruction set.
        let endsAlike: Bool

        static func < (left: Self, right: Self) -> Bool {
            if left.common != right.common { return left.common < right.common }
            if left.endsAlike != right.endsAlike { return right.endsAlike }
            return left.distance > right.distance
        }
    }

    func similarity(to other: ReleaseWords) -> Similarity {
        let common = zip(words, other.words).prefix { $0 == $1 }.count
        var distance = Int.max
        if common < words.count, common < other.words.count,
            let own = Int(words[common]), let theirs = Int(other.words[common])
        {
            let (difference, overflow) = own.subtractingReportingOverflow(theirs)
            distance = overflow || difference == .min ? .max : abs(difference)
        }
        return Similarity(
            common: common, distance: distance, endsAlike: words.last == other.words.last)
    }
}
