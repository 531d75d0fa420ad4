internal import Glibc

/// The distinct names of frames: one pool of bytes, and a number for each name.
///
/// Names are found by a hash table of our own, because a `String` for each frame of each stack
/// would cost more than all the rest of reading them.
struct FrameNames: Sendable {
    /// The bytes of all names, one after the other.
    private var pool: [UInt8] = []
    /// Where each name ends in the pool.
    private var ends: [Int] = []
    private var hashes: [UInt64] = []
    /// Open addressing: a name's number plus one, or zero. A power of two, at most half full.
    private var slots = [UInt32](repeating: 0, count: 1 << 10)
    /// Of this process alone, so that no file can be made whose names all collide.
    private let seed = UInt64.random(in: 0...UInt64.max)

    /// How many names there are.
    var count: Int { ends.count }

    /// The number of a name, which is new if it was not there.
    mutating func index(of name: RawSpan) -> Int {
        let hash = hash(of: name)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if hashes[index] == hash, isName(index, name) { return index }
            slot = (slot + 1) & (slots.count - 1)
        }
        return add(name, hash: hash, slot: slot)
    }

    /// Adds a name that is a frame of its own even if another one has the same name.
    mutating func append(_ name: String) {
        pool.append(contentsOf: name.utf8)
        ends.append(pool.count)
        hashes.append(0)
    }

    /// A name's bytes.
    func bytes(of index: Int) -> ArraySlice<UInt8> {
        pool[start(of: index)..<ends[index]]
    }

    /// Appends a name to a text.
    func append(_ index: Int, to text: inout [UInt8]) {
        let range = start(of: index)..<ends[index]
        pool.withUnsafeBufferPointer { text.append(contentsOf: $0[range]) }
    }

    /// A name as text; what is not UTF-8 becomes U+FFFD.
    func text(of index: Int) -> String {
        String(decoding: bytes(of: index), as: UTF8.self)
    }

    /// Whether the bytes of one name come before those of another.
    func precedes(_ left: Int, _ right: Int) -> Bool { order(left, right) < 0 }

    /// The order of two names by their bytes: negative, zero or positive.
    func order(_ left: Int, _ right: Int) -> Int {
        let (leftStart, rightStart) = (start(of: left), start(of: right))
        let (leftCount, rightCount) = (ends[left] - leftStart, ends[right] - rightStart)
        let order = pool.withUnsafeBytes { pool -> Int32 in
            guard let base = pool.baseAddress else { return 0 }
            return memcmp(base + leftStart, base + rightStart, min(leftCount, rightCount))
        }
        return order == 0 ? leftCount - rightCount : Int(order)
    }

    /// Whether one name comes before another one in sorted lines, where `;` is behind names that do
    /// not end a stack.
    func precedes(_ left: Int, endsStack leftEnds: Bool, _ right: Int, endsStack rightEnds: Bool)
        -> Bool
    {
        let (leftStart, rightStart) = (start(of: left), start(of: right))
        let (leftCount, rightCount) = (ends[left] - leftStart, ends[right] - rightStart)
        let shared = min(leftCount, rightCount)
        let order = pool.withUnsafeBytes { pool -> Int32 in
            guard let base = pool.baseAddress else { return 0 }
            return memcmp(base + leftStart, base + rightStart, shared)
        }
        guard order == 0 else { return order < 0 }
        let behind = UInt8(ascii: ";")
        if leftCount < rightCount { return leftEnds || behind < pool[rightStart + shared] }
        if leftCount > rightCount { return !rightEnds && pool[leftStart + shared] < behind }
        return leftEnds && !rightEnds
    }

    private func start(of index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }

    private func isName(_ index: Int, _ name: RawSpan) -> Bool {
        let start = start(of: index)
        guard ends[index] - start == name.byteCount else { return false }
        return pool.withUnsafeBytes { pool in
            name.withUnsafeBytes { name in
                guard let left = pool.baseAddress, let right = name.baseAddress else { return true }
                return memcmp(left + start, right, name.count) == 0
            }
        }
    }

    private mutating func add(_ name: RawSpan, hash: UInt64, slot: Int) -> Int {
        name.withUnsafeBytes { pool.append(contentsOf: $0) }
        ends.append(pool.count)
        hashes.append(hash)
        slots[slot] = UInt32(truncatingIfNeeded: ends.count)
        if ends.count * 2 > slots.count { grow() }
        return ends.count - 1
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (index, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: index + 1)
        }
    }

    /// Eight bytes at a time, multiplied and folded.
    private func hash(of name: RawSpan) -> UInt64 {
        let (size, word) = (name.byteCount, MemoryLayout<UInt64>.size)
        var hash = seed ^ UInt64(truncatingIfNeeded: size)
        var offset = 0
        while offset + word <= size {
            hash = Self.mixed(
                hash ^ name.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += word
        }
        var rest: UInt64 = 0
        while offset < size {
            rest = rest << 8 | UInt64(name.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
            offset += 1
        }
        return Self.mixed(hash ^ rest)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value &* 0x9e37_79b9_7f4a_7c15
        return product ^ (product >> 32)
    }
}

extension FrameNames {
    /// The number of a name given as text.
    mutating func number(of name: StaticString) -> UInt32 {
        let bytes = Array(name.description.utf8)
        return UInt32(truncatingIfNeeded: index(of: bytes.span.bytes))
    }
}
