/// Gives out ranges of numbers and takes them back: the first gap that is large enough.
struct RangeAllocator {
    /// What is free: in order, with something between any two.
    private(set) var free: [Range<Int>]

    /// All numbers below a limit are free.
    init(capacity: Int) {
        free = capacity > 0 ? [0..<capacity] : []
    }

    /// How many numbers are free.
    var available: Int { free.reduce(0) { $0 + $1.count } }

    /// Takes some numbers in a row; nil where there is no such gap.
    mutating func allocate(_ count: Int) -> Range<Int>? {
        guard count > 0, let index = free.firstIndex(where: { $0.count >= count }) else {
            return nil
        }
        let gap = free[index]
        let range = gap.lowerBound..<gap.lowerBound + count
        if gap.count == count {
            free.remove(at: index)
        } else {
            free[index] = range.upperBound..<gap.upperBound
        }
        return range
    }

    /// Gives back what was allocated.
    mutating func release(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        var index = free.firstIndex { $0.lowerBound >= range.upperBound } ?? free.count
        var merged = range
        if index < free.count, free[index].lowerBound == merged.upperBound {
            merged = merged.lowerBound..<free[index].upperBound
            free.remove(at: index)
        }
        if index > 0, free[index - 1].upperBound == merged.lowerBound {
            index -= 1
            merged = free[index].lowerBound..<merged.upperBound
            free.remove(at: index)
        }
        free.insert(merged, at: index)
    }
}
