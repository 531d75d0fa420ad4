/// Reads the text of `/proc/kallsyms` into sorted addresses:
///
///     line = address " " type " " name ["\t[" module "]"] "\n"
///
/// Lines of another form are skipped.
struct KernelSymbolsBuilder {
    private struct Entry {
        var address: UInt64
        var name: UInt32
        /// The order in which the names of one address are preferred.
        var rank: UInt8
    }

    let text: [UInt8]
    private var entries: [Entry] = []
    private(set) var lineCount = 0
    private(set) var hasAddresses = false
    private(set) var addresses: [UInt64] = []
    private(set) var names: [UInt32] = []

    init(text: [UInt8]) {
        self.text = text
    }

    /// Where the word at an offset ends.
    static func wordEnd(_ text: [UInt8], _ start: Int) -> Int {
        var end = start
        while end < text.count, text[end] > UInt8(ascii: " ") { end += 1 }
        return end
    }

    /// Collects the lines. A name must be at an offset of 32 bits, so that longer texts are cut.
    mutating func parse() {
        entries.reserveCapacity(text.count / 32)
        let limit = min(text.count, Int(UInt32.max) - 1)
        var position = 0
        text.withUnsafeBufferPointer { text in
            while position < limit {
                var address: UInt64 = 0
                var digits = 0
                while position < limit, digits <= 16,
                    let digit = HexadecimalDigit.value(of: text[position])
                {
                    address = address << 4 | UInt64(digit)
                    digits += 1
                    position += 1
                }
                if (1...16).contains(digits), position + 3 < limit, text[position] == 0x20,
                    text[position + 2] == 0x20, text[position + 3] > 0x20
                {
                    add(address, type: text[position + 1], name: position + 3, in: text)
                }
                while position < limit, text[position] != UInt8(ascii: "\n") { position += 1 }
                position += 1
            }
        }
    }

    private mutating func add(
        _ address: UInt64, type: UInt8, name: Int, in text: UnsafeBufferPointer<UInt8>
    ) {
        lineCount += 1
        guard address != 0 else { return }
        hasAddresses = true
        // nm(1): absolute ones are numbers, such as offsets of variables of each processor.
        guard type != UInt8(ascii: "A"), type != UInt8(ascii: "a") else { return }
        let isCode = [0x54, 0x74, 0x57, 0x77].contains(type)  // T t W w
        var end = name
        while end < text.count, text[end] > 0x20 { end += 1 }
        let word = UnsafeBufferPointer(rebasing: text[name..<end])
        guard isCode, !KernelMark.isEnd(word) else {
            entries.append(Entry(address: address, name: KernelSymbols.noName, rank: .max))
            return
        }
        let binding: UInt8 = type == 0x54 ? 0 : type == 0x74 ? 1 : 2
        let rank = (KernelMark.isStart(word) ? 4 : 0) | binding
        entries.append(Entry(address: address, name: UInt32(name), rank: rank))
    }

    /// Sorts what was collected, and keeps the preferred name of each address.
    mutating func sort() {
        entries.sort { ($0.address, $0.rank) < ($1.address, $1.rank) }
        var index = 0
        while index < entries.count {
            var best = entries[index]
            index += 1
            while index < entries.count, entries[index].address == best.address {
                if entries[index].rank == best.rank, isPreferred(entries[index], best) {
                    best = entries[index]
                }
                index += 1
            }
            addresses.append(best.address)
            names.append(best.name)
        }
        entries = []
    }

    /// Fewer underscores in front, then the shorter, then the first in the alphabet: the answer is
    /// the same on every run.
    private func isPreferred(_ left: Entry, _ right: Entry) -> Bool {
        guard left.name != KernelSymbols.noName, right.name != KernelSymbols.noName else {
            return left.name < right.name
        }
        let leftWord = text[Int(left.name)..<Self.wordEnd(text, Int(left.name))]
        let rightWord = text[Int(right.name)..<Self.wordEnd(text, Int(right.name))]
        let underscore = UInt8(ascii: "_")
        let leftKey = (leftWord.prefix { $0 == underscore }.count, leftWord.count)
        let rightKey = (rightWord.prefix { $0 == underscore }.count, rightWord.count)
        guard leftKey == rightKey else { return leftKey < rightKey }
        return leftWord.lexicographicallyPrecedes(rightWord)
    }
}
