/// A difference as folded lines: `root;caller;function BEFORE AFTER`, sorted by the stacks' bytes.
package struct FoldedDifference {
    /// A stack, or all stacks that begin with one, and where its last name begins in a line.
    private struct Item {
        let node: UInt32
        let isWhole: Bool
        let start: Int
    }

    private let difference: StackDifference
    private let order: SiblingOrder
    /// Whether a line stands for each node.
    private let isLine: [Bool]
    private var open: [Item] = []
    private var line: [UInt8] = []
    private var text: [UInt8] = []

    /// The lines of a difference.
    package init(_ difference: StackDifference) {
        self.difference = difference
        let widths = [UInt64](repeating: 1, count: difference.tree.count)
        isLine = (0..<difference.tree.count).map { difference.isLine($0) }
        order = SiblingOrder(difference.tree, widths, smallest: 0, sortsByName: false)
    }

    /// Writes all lines, many at a time.
    package consuming func write<Failure>(
        to output: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        if isLine[FlameTree.root] { appendLine(of: FlameTree.root) }
        openCallees(of: UInt32(FlameTree.root))
        while let item = open.popLast() {
            append(item)
            guard text.count >= Self.chunkSize else { continue }
            try output(text)
            text.removeAll(keepingCapacity: true)
        }
        if !text.isEmpty { try output(text) }
    }

    private mutating func append(_ item: Item) {
        line.removeSubrange(item.start...)
        if item.start > 0 { line.append(UInt8(ascii: ";")) }
        let frame = difference.tree.frames[Int(item.node)]
        difference.tree.names.append(Int(frame), to: &line)
        if item.isWhole {
            appendLine(of: Int(item.node))
        } else {
            openCallees(of: item.node)
        }
    }

    private mutating func appendLine(of node: Int) {
        text += line
        append(difference.tree.valuesBefore[node])
        append(difference.tree.values[node])
        text.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ value: UInt64) {
        text.append(UInt8(ascii: " "))
        if difference.tree.fractionDigits == 0 {
            text.append(decimal: value)
        } else {
            text += FoldedCount.text(value, difference.tree.fractionDigits).utf8
        }
    }

    /// Puts a node's callees on the list of what is to come, the first one on top.
    private mutating func openCallees(of node: UInt32) {
        let first = open.count
        for position in order.range(of: Int(node)) {
            let callee = order[position]
            if !order.range(of: Int(callee)).isEmpty {
                open.append(Item(node: callee, isWhole: false, start: line.count))
            }
            if isLine[Int(callee)] {
                open.append(Item(node: callee, isWhole: true, start: line.count))
            }
        }
        if open.count - first > 1 { sortOpen(from: first) }
    }

    /// Two or three are the rule, which insertion sorts without a copy of the tree.
    private mutating func sortOpen(from first: Int) {
        guard open.count - first > Self.fewItems else {
            for index in open.indices[(first + 1)...] {
                var place = index
                while place > first, precedes(open[place - 1], open[place]) {
                    open.swapAt(place - 1, place)
                    place -= 1
                }
            }
            return
        }
        let copy = self
        open[first...].sort { copy.precedes($1, $0) }
    }

    /// The order of lines: a stack that ends here has no `;` behind its name.
    private func precedes(_ left: Item, _ right: Item) -> Bool {
        difference.tree.names.precedes(
            Int(difference.tree.frames[Int(left.node)]), endsStack: left.isWhole,
            Int(difference.tree.frames[Int(right.node)]), endsStack: right.isWhole)
    }

    private static let fewItems = 8

    private static let chunkSize = 1 << 20
}
