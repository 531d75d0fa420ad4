/// A difference as folded lines: `root;caller;function BEFORE AFTER`, sorted by the stacks' bytes.
package struct FoldedDifference {
    /// A stack, or all stacks that begin with one, and where its last name begins in a line.
    private struct Item {
        let node: UInt32
        let isWhole: Bool
        let start: Int
    }

    private let tree: FlameTree
    private let order: SiblingOrder
    /// Whether a line stands for each node.
    private let isLine: [Bool]
    private var open: [Item] = []
    private var line: [UInt8] = []
    private var text: [UInt8] = []

    /// The lines of a difference.
    package init(_ difference: StackDifference) {
        tree = difference.tree
        let widths = [UInt64](repeating: 1, count: tree.count)
        isLine = (0..<tree.count).map { difference.isLine($0) }
        order = SiblingOrder(tree, widths, smallest: 0, sortsByName: false)
    }

    /// Writes all lines, many at a time.
    package consuming func write<Failure>(
        to output: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        // By itself, since a copy of it for each frame would take longer than the frame.
        let tree = tree
        text.reserveCapacity(Self.chunkSize + Self.chunkSize / 4)
        if isLine[FlameTree.root] { appendLine(of: FlameTree.root, tree) }
        openCallees(of: UInt32(FlameTree.root), tree)
        while let item = open.popLast() {
            append(item, tree)
            guard text.count >= Self.chunkSize else { continue }
            try output(text)
            text.removeAll(keepingCapacity: true)
        }
        if !text.isEmpty { try output(text) }
    }

    private mutating func append(_ item: Item, _ tree: borrowing FlameTree) {
        line.removeLast(line.count - item.start)
        if item.start > 0 { line.append(UInt8(ascii: ";")) }
        let node = Int(item.node)
        tree.names.append(Int(tree.frameNumber(of: node)), to: &line)
        if item.isWhole {
            appendLine(of: node, tree)
        } else {
            openCallees(of: item.node, tree)
        }
    }

    private mutating func appendLine(of node: Int, _ tree: borrowing FlameTree) {
        text += line
        append(tree.valuesBefore[node], tree.fractionDigits)
        append(tree.values[node], tree.fractionDigits)
        text.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ value: UInt64, _ fractionDigits: Int) {
        text.append(UInt8(ascii: " "))
        if fractionDigits == 0 {
            text.append(decimal: value)
        } else {
            text += FoldedCount.text(value, fractionDigits).utf8
        }
    }

    /// Puts a node's callees on the list of what is to come, the first one on top.
    private mutating func openCallees(of node: UInt32, _ tree: borrowing FlameTree) {
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
        if open.count - first > 1 { sortOpen(from: first, tree) }
    }

    /// Two or three are the rule, which insertion sorts in place.
    private mutating func sortOpen(from first: Int, _ tree: borrowing FlameTree) {
        guard open.count - first > Self.fewItems else {
            for index in open.indices[(first + 1)...] {
                var place = index
                while place > first, Self.precedes(open[place - 1], open[place], tree) {
                    open.swapAt(place - 1, place)
                    place -= 1
                }
            }
            return
        }
        let tree = copy tree
        open[first...].sort { Self.precedes($1, $0, tree) }
    }

    /// The order of lines: a stack that ends here has no `;` behind its name.
    private static func precedes(
        _ left: Item, _ right: Item, _ tree: borrowing FlameTree
    ) -> Bool {
        tree.names.precedes(
            Int(tree.frameNumber(of: Int(left.node))), endsStack: left.isWhole,
            Int(tree.frameNumber(of: Int(right.node))), endsStack: right.isWhole)
    }

    private static let fewItems = 8

    private static let chunkSize = 1 << 20
}
