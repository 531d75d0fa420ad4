internal import Bytes

/// Byte strings, each of them once and with a number, from 0.
struct NameTable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var index = HashIndex()

    /// How many there are.
    var count: Int { ends.count }

    /// Where a name is in ``allBytes``.
    func range(of number: Int) -> Range<Int> {
        (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }

    /// The names one behind the other.
    var allBytes: [UInt8] { bytes }

    /// The bytes of a name.
    func name(_ number: Int) -> ArraySlice<UInt8> { bytes[range(of: number)] }

    /// The number of the name that consists of two parts, which is new or not.
    mutating func number(of first: RawSpan, _ second: RawSpan) -> Int {
        let hash = ByteHash.hash(second, after: ByteHash.hash(first, after: ByteHash.seed))
        let found = index.find(hash) { candidate in
            let range = range(of: candidate)
            let stored = bytes.span.bytes
            return range.count == first.byteCount + second.byteCount
                && stored.hasBytes(first, at: range.lowerBound)
                && stored.hasBytes(second, at: range.lowerBound + first.byteCount)
        }
        if let found { return found }
        append(first)
        append(second)
        ends.append(bytes.count)
        index.insert(hash, count - 1)
        return count - 1
    }

    /// The number of a name, which is new or not.
    mutating func number(of name: RawSpan) -> Int {
        number(of: name, RawSpan())
    }

    private mutating func append(_ part: RawSpan) {
        part.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
}
