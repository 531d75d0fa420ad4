/// Two measurements of the same, stack by stack.
package struct StackDifference: Sendable {
    /// How the first measurement is scaled to the sum of the second.
    package enum Scaling: Sendable {
        /// Not at all.
        case none
        /// As difffolded.pl does: each count is rounded down, so that the sum is less.
        case rounded
        /// What is cut off one count is added to the next, so that the sum is right within one.
        case exact
    }

    /// All stacks, with the values of both.
    private(set) var tree: FlameTree
    /// The nodes where stacks end, even if their values are zero.
    private var ends: Set<UInt32> = []

    /// Puts two trees together.
    ///
    /// - Parameters:
    ///   - before: The first measurement.
    ///   - after: The second one.
    ///   - scaling: What is done so that the first one's values have the sum of the second's.
    package init(before: FlameTree, after: FlameTree, scaling: Scaling = .none) {
        tree = after
        tree.isClamped = before.isClamped || after.isClamped
        ends = after.stacksOfZero
        let digits = max(before.fractionDigits, after.fractionDigits)
        tree.rescale(toFractionDigits: digits)
        merge(before)
        if scaling != .none { scale(carriesRests: scaling == .exact) }
    }

    /// The tree, to be drawn.
    package var drawing: FlameTree { tree }

    /// Whether a line stands for a node.
    func isLine(_ node: Int) -> Bool {
        tree.values[node] > 0 || tree.valuesBefore[node] > 0
            || ends.contains(UInt32(truncatingIfNeeded: node))
    }

    /// Adds the stacks of the first measurement to those of the second.
    private mutating func merge(_ before: FlameTree) {
        var other = before
        other.rescale(toFractionDigits: tree.fractionDigits)
        let frames = (0..<other.names.count).map { index in
            let name = Array(other.names.bytes(of: index))
            return UInt32(truncatingIfNeeded: tree.names.index(of: name.span.bytes))
        }
        tree.reserveCapacity(nodes: tree.count + other.count)
        var nodes = [UInt32](repeating: UInt32(FlameTree.root), count: other.count)
        for node in nodes.indices.dropFirst() {
            let caller = nodes[other.caller(of: node)]
            nodes[node] = tree.callee(frames[Int(other.frameNumber(of: node))], of: caller)
        }
        tree.valuesBefore = Array(repeating: 0, count: tree.count)
        for (node, value) in zip(nodes, other.values) { tree.valuesBefore[Int(node)] = value }
        for node in other.stacksOfZero { ends.insert(nodes[Int(node)]) }
    }

    /// Scales the first measurement, each value rounded down, with what was cut off the one before
    /// or without.
    private mutating func scale(carriesRests: Bool) {
        let before = Self.sum(tree.valuesBefore)
        let after = Self.sum(tree.values)
        guard before != after, before > 0 else { return }
        let one = FoldedCount.powerOfTen(tree.fractionDigits)
        var rest = 0.0
        for node in tree.valuesBefore.indices where tree.valuesBefore[node] > 0 {
            ends.insert(UInt32(truncatingIfNeeded: node))
            let (product, overflow) = tree.valuesBefore[node].multipliedReportingOverflow(by: after)
            let exact = Double(tree.valuesBefore[node]) * Double(after)
            let quotient = (overflow ? exact : Double(product)) / Double(before)
            // In units, and whole samples of them.
            let scaled = quotient / Double(one) + rest
            let samples = scaled.rounded(.down)
            if carriesRests { rest = scaled - samples }
            var units = UInt64(exactly: samples) ?? .max
            units.multiplyClamping(by: one)
            tree.valuesBefore[node] = units
        }
    }

    private static func sum(_ values: [UInt64]) -> UInt64 {
        values.reduce(into: 0) { $0.addClamping($1) }
    }
}
