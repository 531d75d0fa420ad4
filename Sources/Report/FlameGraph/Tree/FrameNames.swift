internal import Glibc

/// The distinct names of frames, each with a number.
struct FrameNames: Sendable {
    /// Their bytes.
    var table = NameTable()

    /// How many names there are.
    var count: Int { table.count }

    /// The number of a name, which is new if it was not there.
    mutating func index(of name: RawSpan) -> Int { table.number(of: name) }

    /// Adds a name that is a frame of its own even if another one has the same name.
    mutating func append(_ name: String) { table.addHidden(name) }

    /// A name's bytes.
    func bytes(of index: Int) -> ArraySlice<UInt8> {
        table.name(index)
    }

    /// Appends a name to a text.
    func append(_ index: Int, to text: inout [UInt8]) {
        let range = table.range(of: index)
        table.bytes.withUnsafeBufferPointer { text.append(contentsOf: $0[range]) }
    }

    /// A name as text; what is not UTF-8 becomes U+FFFD.
    func text(of index: Int) -> String {
        String(decoding: bytes(of: index), as: UTF8.self)
    }

    /// Whether the bytes of one name come before those of another.
    func precedes(_ left: Int, _ right: Int) -> Bool { order(left, right) < 0 }

    /// The order of two names by their bytes: negative, zero or positive.
    func order(_ left: Int, _ right: Int) -> Int {
        let (left, right) = (table.range(of: left), table.range(of: right))
        let order = orderOfShared(left, right)
        return order == 0 ? left.count - right.count : Int(order)
    }

    /// Whether one name comes before another one in sorted lines, where `;` is behind names that do
    /// not end a stack.
    func precedes(_ left: Int, endsStack leftEnds: Bool, _ right: Int, endsStack rightEnds: Bool)
        -> Bool
    {
        let (left, right) = (table.range(of: left), table.range(of: right))
        let shared = min(left.count, right.count)
        let order = orderOfShared(left, right)
        guard order == 0 else { return order < 0 }
        let behind = UInt8(ascii: ";")
        if shared < right.count {
            return leftEnds || behind < table.bytes[right.lowerBound + shared]
        }
        if shared < left.count {
            return !rightEnds && table.bytes[left.lowerBound + shared] < behind
        }
        return leftEnds && !rightEnds
    }

    /// The order of as many bytes as both names have.
    private func orderOfShared(_ left: Range<Int>, _ right: Range<Int>) -> Int32 {
        table.bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            let shared = min(left.count, right.count)
            return memcmp(base + left.lowerBound, base + right.lowerBound, shared)
        }
    }
}

extension FrameNames {
    /// The number of a name given as text.
    mutating func number(of name: StaticString) -> UInt32 {
        let bytes = Array(name.description.utf8)
        return UInt32(truncatingIfNeeded: index(of: bytes.span.bytes))
    }
}
