internal import Glibc

/// The order of `LC_ALL=C sort`; that of `String` is by Unicode's canonical equivalence.
enum ByteOrder {
    /// Whether one sequence of bytes comes before another.
    static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let order = left.withUnsafeBytes { left in
            right.withUnsafeBytes { right -> Int32 in
                guard let first = left.baseAddress, let second = right.baseAddress else { return 0 }
                return memcmp(first, second, min(left.count, right.count))
            }
        }
        return order == 0 ? left.count < right.count : order < 0
    }
}
