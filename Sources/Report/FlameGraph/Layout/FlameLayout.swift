/// Where each box of a flame graph lies, in the units of its values.
struct FlameLayout {
    /// One box: a function as called from one stack.
    struct Box: Equatable {
        /// The node of the tree.
        let node: Int
        /// How many boxes are between this one and the ground.
        let depth: Int
        /// Where it begins.
        let start: UInt64
        /// Where it ends.
        let end: UInt64

        /// The width it stands for.
        var width: UInt64 { end - start }
    }

    /// The boxes, callers before callees, siblings in their order.
    private(set) var boxes: [Box] = []
    /// The depth of the highest box.
    private(set) var depth = 0
    /// The values of all stacks through each node.
    let totals: [UInt64]

    /// The width of everything.
    var width: UInt64 { boxes.first?.width ?? 0 }

    /// Lays out the stacks of a tree.
    ///
    /// - Parameters:
    ///   - tree: The stacks.
    ///   - sortsByName: Whether siblings are in the order of their names, and not in that in which
    ///     they came; a flame chart has an order of its own.
    ///   - smallestShare: Boxes with less than this share of the whole are left out.
    ///   - whole: What the whole is, if more than all stacks.
    init(_ tree: FlameTree, sortsByName: Bool = true, smallestShare: Double, whole: UInt64 = 0) {
        totals = tree.totals(of: tree.values)
        let showsGone = tree.isDifference && tree.starts.isEmpty
        let widths = showsGone ? Self.widths(of: tree, totals) : totals
        guard widths[FlameTree.root] > 0 else { return }
        let smallest = max(Double(max(widths[FlameTree.root], whole)) * smallestShare, 1)
        if tree.starts.isEmpty {
            let order = SiblingOrder(tree, widths, smallest: smallest, sortsByName: sortsByName)
            place(tree, widths, order, smallest: smallest)
        } else {
            placeInTime(tree, widths, smallest: smallest)
        }
        depth = boxes.reduce(0) { max($0, $1.depth) }
    }

    /// The widths of a difference: what there is now, and what is gone as wide as it was.
    private static func widths(of tree: FlameTree, _ totals: [UInt64]) -> [UInt64] {
        let own = totals.indices.map {
            totals[$0] == 0 ? tree.valuesBefore[$0] : tree.values[$0]
        }
        return tree.totals(of: own)
    }

    /// Puts boxes into those of their callers, from the left: first what ends there.
    private mutating func place(
        _ tree: FlameTree, _ widths: [UInt64], _ order: SiblingOrder, smallest: Double
    ) {
        var open: [(node: UInt32, depth: Int, start: UInt64)] = [(UInt32(FlameTree.root), 0, 0)]
        while let (node, depth, start) = open.popLast() {
            let index = Int(node)
            var end = start
            end.addClamping(widths[index])
            boxes.append(Box(node: index, depth: depth, start: start, end: end))
            let callees = order.callees(of: index)
            var position = start
            position.addClamping(Self.own(index, callees, widths))
            let first = open.count
            for callee in callees {
                let width = widths[Int(callee)]
                // None is left where values were cut to 64 bits.
                if Double(width) >= smallest, position < end {
                    open.append((callee, depth + 1, position))
                }
                position.addClamping(width)
            }
            // The last one on the list is the first to be placed.
            open[first...].reverse()
        }
    }

    /// What of a node's width is not that of its callees.
    private static func own(
        _ node: Int, _ callees: ArraySlice<UInt32>, _ widths: [UInt64]
    ) -> UInt64 {
        let called = callees.reduce(into: UInt64(0)) { $0.addClamping(widths[Int($1)]) }
        return widths[node] > called ? widths[node] - called : 0
    }

    /// Puts boxes where they were in time; they are in that order already.
    private mutating func placeInTime(_ tree: FlameTree, _ widths: [UInt64], smallest: Double) {
        var depths = [Int](repeating: 0, count: tree.count)
        for node in widths.indices {
            if node > 0 { depths[node] = depths[tree.caller(of: node)] + 1 }
            guard Double(widths[node]) >= smallest else { continue }
            var end = tree.starts[node]
            end.addClamping(widths[node])
            boxes.append(
                Box(node: node, depth: depths[node], start: tree.starts[node], end: end))
        }
    }
}
