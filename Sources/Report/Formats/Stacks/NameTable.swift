internal import Bytes

/// Byte strings, each of them once and with a number, from 0.
struct NameTable {
    /// The names one behind the other.
    private(set) var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var index = HashIndex()

    /// How many there are.
    var count: Int { ends.count }

    /// Where a name is in ``bytes``.
    func range(of number: Int) -> Range<Int> {
        (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }

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

    /// The number of a name, which is new or not; a table has either such names or those of two parts.
    mutating func number(of name: RawSpan) -> Int {
        let hash = ByteHash.hash(name, after: ByteHash.seed)
        let found = index.find(hash) { candidate in
            let range = range(of: candidate)
            return range.count == name.byteCount
                && bytes.span.bytes.hasBytes(name, at: range.lowerBound)
        }
        if let found { return found }
        append(name)
        ends.append(bytes.count)
        index.insert(hash, count - 1)
        return count - 1
    }

    /// Adds a name that has a number of its own even if it is there already, and is never found.
    mutating func addHidden(_ name: String) {
        bytes.append(contentsOf: name.utf8)
        ends.append(bytes.count)
    }

    private mutating func append(_ part: RawSpan) {
        part.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
}
