/// Words, each once, and numbered from 0 on as they come up.
///
/// Open addressing, linear probing: a stack has dozens of words, and to hash one for a dictionary takes
/// longer than to find it here.
struct WordNumbers {
    /// The words in the order of their numbers.
    private(set) var words: [UInt64] = []
    /// The number of each word, where it belongs or at the first free place behind that; negative where
    /// the place is free.
    private var places = [Int32](repeating: -1, count: 1 << placeBits)
    private var shift = UInt64(64 - placeBits)
    /// Random, so that no program can have its code where all addresses belong at one place.
    private let factor = UInt64.random(in: .min ... .max) | 1

    private static let placeBits = 10

    /// The number of a word, if it has one.
    func find(_ word: UInt64) -> Int32? {
        let number = places[place(of: word)]
        return number < 0 ? nil : number
    }

    /// The number of a word, which has one from now on.
    mutating func number(of word: UInt64) -> Int32 {
        let place = place(of: word)
        if places[place] >= 0 { return places[place] }
        let number = Int32(words.count)
        words.append(word)
        places[place] = number
        if words.count * 2 > places.count { grow() }
        return number
    }

    /// Where a word is, or else belongs.
    private func place(of word: UInt64) -> Int {
        var place = Int((word &* factor) >> shift)
        while places[place] >= 0, words[Int(places[place])] != word {
            place = (place + 1) & (places.count - 1)
        }
        return place
    }

    private mutating func grow() {
        places = Array(repeating: -1, count: 2 * places.count)
        shift -= 1
        for (number, word) in words.enumerated() { places[place(of: word)] = Int32(number) }
    }
}
