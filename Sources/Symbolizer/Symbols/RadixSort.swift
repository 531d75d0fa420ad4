/// Sorts numbers by their digits: in linear time, which matters for large symbol tables.
enum RadixSort {
    /// More would be more places to write to than the processor keeps near.
    private static let mostDigitBits = 14
    /// Fewer numbers are sorted as fast in another way.
    private static let fewest = 1024

    /// Sorts numbers.
    ///
    /// - Parameters:
    ///   - count: How many there are, less than 2^32.
    ///   - number: Gives the number of an index.
    /// - Returns: The indices in the order of their numbers; those of equal ones stay in theirs.
    @inline(__always)
    static func order(of count: Int, _ number: (Int) -> UInt64) -> [UInt32] {
        var (least, most) = (UInt64.max, UInt64.min)
        for index in 0..<count {
            let value = number(index)
            least = min(least, value)
            most = max(most, value)
        }
        guard count > 0, most - least <= UInt64(UInt32.max) else {
            // Not the addresses of one image: any way to sort them will do.
            return (0..<UInt32(count)).sorted { left, right in
                (number(Int(left)), left) < (number(Int(right)), right)
            }
        }
        // Number and index in one word: half the bytes to move.
        var keys = (0..<count).map { (number($0) - least) << 32 | UInt64($0) }
        sort(&keys, by: UInt64.bitWidth - (most - least).leadingZeroBitCount)
        return keys.map { UInt32(truncatingIfNeeded: $0) }
    }

    /// Sorts words by as many bits above the lower half.
    private static func sort(_ keys: inout [UInt64], by bits: Int) {
        guard keys.count >= fewest else { return keys.sort() }
        let passes = (bits + mostDigitBits - 1) / mostDigitBits
        guard passes > 0 else { return }
        let digitBits = (bits + passes - 1) / passes
        var scratch = [UInt64](repeating: 0, count: keys.count)
        for pass in 0..<passes {
            var sorted = scratch.mutableSpan
            distribute(keys.span, into: &sorted, by: 32 + pass * digitBits, digitBits)
            swap(&keys, &scratch)
        }
    }

    /// Copies the keys in the order of one digit.
    private static func distribute(
        _ keys: Span<UInt64>, into sorted: inout MutableSpan<UInt64>, by shift: Int,
        _ digitBits: Int
    ) {
        let mask = UInt64(1) << digitBits - 1
        func digit(_ key: UInt64) -> Int { Int(key &>> UInt64(shift) & mask) }
        var places = [UInt32](repeating: 0, count: 1 << digitBits)
        var next = places.mutableSpan
        for index in keys.indices { next[digit(keys[index])] += 1 }
        var sum: UInt32 = 0
        for digit in next.indices { (next[digit], sum) = (sum, sum + next[digit]) }
        for index in keys.indices {
            let key = keys[index]
            let digit = digit(key)
            sorted[Int(next[digit])] = key
            next[digit] += 1
        }
    }
}
