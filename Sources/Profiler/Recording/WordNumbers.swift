/// Words, each once, and numbered from 0 on as they come up.
struct WordNumbers {
    /// The words in the order of their numbers.
    private(set) var words: [UInt64] = []
    private var numbers: [UInt64: Int32] = [:]
    /// Some words that were asked for lately, each at its own place: stacks have most of their frames in
    /// common, and a look at one place takes a tenth of the time the dictionary takes.
    private var recent = [Entry](repeating: Entry(word: 0, number: -1), count: 1 << placeBits)

    private struct Entry {
        var word: UInt64
        /// Negative where there is none.
        var number: Int32
    }

    private static let placeBits = 10

    /// The number of a word, which has one from now on.
    mutating func number(of word: UInt64) -> Int32 {
        let hash = word &* 0x9e37_79b9_7f4a_7c15
        let place = Int(hash >> UInt64(64 - Self.placeBits))
        let entry = recent[place]
        if entry.word == word, entry.number >= 0 { return entry.number }
        let number = numbers[word] ?? add(word)
        recent[place] = Entry(word: word, number: number)
        return number
    }

    private mutating func add(_ word: UInt64) -> Int32 {
        let number = Int32(words.count)
        words.append(word)
        numbers[word] = number
        return number
    }
}
