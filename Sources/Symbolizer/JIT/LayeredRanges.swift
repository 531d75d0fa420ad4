/// Ranges of addresses, of which the later ones hide what they cover of the earlier ones.
///
/// A JIT compiler puts new code where old code was and says so only by naming it.
struct LayeredRanges<Value: Sendable>: Sendable {
    struct Item: Sendable {
        var start: UInt64
        var end: UInt64
        var value: Value
    }

    private struct Piece {
        var start: UInt64
        var end: UInt64
        var item: Int
    }

    private(set) var items: [Item] = []
    /// What is visible of the items, by address, no two overlapping.
    private var pieces: [Piece] = []

    /// Adds a range, which hides all added before; it is found after ``sort()``. An empty one
    /// is ignored, one that would wrap around is cut.
    mutating func append(start: UInt64, size: UInt64, value: Value) {
        guard size > 0 else { return }
        let (end, overflow) = start.addingReportingOverflow(size)
        items.append(Item(start: start, end: overflow ? .max : end, value: value))
    }

    /// Forgets all ranges.
    mutating func removeAll() {
        items = []
        pieces = []
    }

    /// Works out what is visible: a sweep over the starts with a heap of what is open, the latest
    /// on top, in O(n log n) however the ranges overlap.
    mutating func sort() {
        let byStart = items.indices.sorted { (items[$0].start, $0) < (items[$1].start, $1) }
        var open = LatestFirst()
        var swept: [Piece] = []
        var next = 0
        var position: UInt64 = 0
        while next < byStart.count || !open.isEmpty {
            if open.isEmpty { position = items[byStart[next]].start }
            while next < byStart.count, items[byStart[next]].start <= position {
                open.insert(byStart[next])
                next += 1
            }
            while let latest = open.first, items[latest].end <= position { open.removeFirst() }
            guard let latest = open.first else { continue }
            let limit = next < byStart.count ? items[byStart[next]].start : .max
            let end = min(items[latest].end, limit)
            if let last = swept.indices.last, swept[last].item == latest,
                swept[last].end == position
            {
                swept[last].end = end
            } else {
                swept.append(Piece(start: position, end: end, item: latest))
            }
            position = end
        }
        pieces = swept
    }

    /// The latest range an address is in.
    func lookup(_ address: UInt64) -> Item? {
        var (low, high) = (0, pieces.count)
        while low < high {
            let middle = low + (high - low) / 2
            if pieces[middle].end <= address { low = middle + 1 } else { high = middle }
        }
        guard low < pieces.count, pieces[low].start <= address else { return nil }
        return items[pieces[low].item]
    }
}

/// A binary heap of numbers, the greatest first.
private struct LatestFirst {
    private var heap: [Int] = []

    var isEmpty: Bool { heap.isEmpty }
    var first: Int? { heap.first }

    mutating func insert(_ number: Int) {
        heap.append(number)
        var child = heap.count - 1
        while child > 0, heap[(child - 1) / 2] < heap[child] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while parent * 2 + 1 < heap.count {
            let left = parent * 2 + 1
            let right = left + 1
            let greater = right < heap.count && heap[right] > heap[left] ? right : left
            guard heap[parent] < heap[greater] else { return }
            heap.swapAt(parent, greater)
            parent = greater
        }
    }
}
