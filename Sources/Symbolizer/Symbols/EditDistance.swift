/// The number of typing errors between two names: bytes inserted, removed, replaced, or swapped
/// with the next (optimal string alignment).
struct EditDistance {
    private let wanted: [UInt8]
    private let limit: Int
    private var previous: [Int] = []
    private var current: [Int] = []
    private var next: [Int] = []

    /// Prepares to compare names with `wanted`; distances above `limit` are not told apart.
    init(from wanted: [UInt8], limit: Int) {
        self.wanted = wanted
        self.limit = limit
        previous = Array(repeating: 0, count: wanted.count + 1)
        current = previous
        next = previous
    }

    /// The distance of a name, nil if it is more than the limit.
    mutating func distance(to name: Span<UInt8>) -> Int? {
        guard abs(name.count - wanted.count) <= limit else { return nil }
        for column in 0...wanted.count { current[column] = column }
        for row in 0..<name.count {
            next[0] = row + 1
            var least = row + 1
            for column in 0..<wanted.count {
                let isSame = name[row] == wanted[column]
                var cost = min(
                    current[column] + (isSame ? 0 : 1), current[column + 1] + 1, next[column] + 1)
                if row > 0, column > 0, name[row] == wanted[column - 1],
                    name[row - 1] == wanted[column]
                {
                    cost = min(cost, previous[column - 1] + 1)
                }
                next[column + 1] = cost
                least = min(least, cost)
            }
            if least > limit { return nil }
            (previous, current, next) = (current, next, previous)
        }
        return current[wanted.count] <= limit ? current[wanted.count] : nil
    }
}
