/// Sorts numbers by their digits: in linear time, which matters for large symbol tables.
enum RadixSort {
    /// What is sorted: a number, and what it is the number of.
    struct Key {
        var value: UInt64
        var index: UInt32
    }

    private static let digitBits = 11
    private static let digitCount = 1 << digitBits

    /// Sorts by the numbers; those that are equal stay in their order.
    static func sort(_ keys: inout [Key]) {
        guard let first = keys.first else { return }
        var differing: UInt64 = 0
        for key in keys { differing |= key.value ^ first.value }
        var scratch = keys
        for shift in stride(from: 0, to: UInt64.bitWidth, by: digitBits)
        where (differing >> shift) & UInt64(digitCount - 1) != 0 {
            var sorted = scratch.mutableSpan
            distribute(keys.span, into: &sorted, by: shift)
            swap(&keys, &scratch)
        }
    }

    /// Copies the keys in the order of one digit.
    private static func distribute(
        _ keys: Span<Key>, into sorted: inout MutableSpan<Key>, by shift: Int
    ) {
        func digit(_ key: Key) -> Int { Int((key.value >> shift) & UInt64(digitCount - 1)) }
        var places = [Int](repeating: 0, count: digitCount)
        for index in keys.indices { places[digit(keys[index])] += 1 }
        var sum = 0
        for digit in places.indices {
            let count = places[digit]
            places[digit] = sum
            sum += count
        }
        var next = places.mutableSpan
        for index in keys.indices {
            let key = keys[index]
            let digit = digit(key)
            sorted[next[digit]] = key
            next[digit] += 1
        }
    }
}
