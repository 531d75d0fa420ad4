/// The callees of each node of a tree, in the order in which they are drawn.
struct SiblingOrder {
    /// Where each node's callees end in the list of all.
    private var ends: [Int32]
    private var callees: [UInt32]

    /// Orders the callees of all nodes that are wide enough to be drawn.
    init(_ tree: FlameTree, _ widths: [UInt64], smallest: Double, sortsByName: Bool) {
        let isDrawn = widths.map { Double($0) >= smallest }
        ends = Self.starts(tree, isDrawn)
        callees = [UInt32](repeating: 0, count: Int(ends.last ?? 0))
        for node in 1..<tree.count where isDrawn[tree.caller(of: node)] {
            let caller = tree.caller(of: node)
            callees[Int(ends[caller])] = UInt32(truncatingIfNeeded: node)
            ends[caller] += 1
        }
        if sortsByName { sort(tree) }
    }

    /// A node's callees.
    func callees(of node: Int) -> ArraySlice<UInt32> {
        callees[range(of: node)]
    }

    /// Where a node's callees are in the list of all, whose elements ``subscript(_:)`` has.
    func range(of node: Int) -> Range<Int> {
        (node == 0 ? 0 : Int(ends[node - 1]))..<Int(ends[node])
    }

    /// An element of the list of all callees.
    subscript(position: Int) -> UInt32 { callees[position] }

    /// Where each node's callees begin, and one more number: how many there are in all.
    private static func starts(_ tree: FlameTree, _ isDrawn: [Bool]) -> [Int32] {
        var counts = [Int32](repeating: 0, count: tree.count + 1)
        for node in 1..<tree.count where isDrawn[tree.caller(of: node)] {
            counts[tree.caller(of: node)] += 1
        }
        var sum: Int32 = 0
        for node in counts.indices {
            let count = counts[node]
            counts[node] = sum
            sum += count
        }
        return counts
    }

    private mutating func sort(_ tree: FlameTree) {
        var start = 0
        for node in 0..<tree.count {
            let end = Int(ends[node])
            if end - start > 1 {
                callees[start..<end].sort {
                    tree.precedes(tree.frameNumber(of: Int($0)), tree.frameNumber(of: Int($1)))
                }
            }
            start = end
        }
    }
}
