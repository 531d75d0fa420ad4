/// Stacks merged by their callers: a prefix tree, whose root stands for all stacks.
///
/// Nodes are numbers; a caller's is always less than its callees'. Values are in units of
/// 10^-`fractionDigits`, so that decimal fractions add up exactly.
package struct FlameTree: Sendable {
    /// The root: all stacks.
    static let root = 0

    /// The frames' names.
    var names = FrameNames()
    /// What is known of each frame besides its name; of folded stacks, nothing.
    var details: [Frame] = []
    /// The value of the stacks that end at each node.
    var values: [UInt64] = [0]
    /// The same before, if the tree shows a difference; else empty.
    var valuesBefore: [UInt64] = []
    /// The nodes of stacks that were counted zero times.
    var stacksOfZero: Set<UInt32> = []
    /// Where each node begins in time, for a flame chart; else empty.
    var starts: [UInt64] = []
    /// How many decimal digits behind the point the values have.
    var fractionDigits = 0
    /// Whether a value was cut to what fits into 64 bits.
    package var isClamped = false

    private struct Node {
        var caller: UInt32
        var frame: UInt32
        /// The callee that came first, or zero: most nodes have no other.
        var firstCallee: UInt32 = 0
    }

    private var nodes = [Node(caller: 0, frame: 0)]
    /// Which of the others is where: open addressing over caller and frame, a node or zero. A power
    /// of two, at most half full.
    private var slots = [UInt32](repeating: 0, count: 1 << 10)
    private var slotsInUse = 0
    /// The sum of all values, for a flame chart.
    var time: UInt64 = 0

    /// A tree without stacks.
    ///
    /// - Parameter inTimeOrder: Whether stacks are a flame chart: each has its place in time, and
    ///   is merged with the one before it alone.
    package init(inTimeOrder: Bool = false) {
        if inTimeOrder { starts = [0] }
    }

    /// How many nodes there are, the root included.
    var count: Int { nodes.count }

    /// The node a node was called from; the root is its own.
    func caller(of node: Int) -> Int { Int(nodes[node].caller) }

    /// The frame of a node; of the root, nothing that is used.
    func frameNumber(of node: Int) -> UInt32 { nodes[node].frame }

    /// Whether it shows a difference.
    package var isDifference: Bool { !valuesBefore.isEmpty }

    /// Whether no stack has a value.
    package var isEmpty: Bool { !values.contains { $0 > 0 } && !valuesBefore.contains { $0 > 0 } }

    /// Makes room for nodes; what is not needed takes no memory.
    mutating func reserveCapacity(nodes count: Int) {
        nodes.reserveCapacity(count)
        values.reserveCapacity(count)
    }

    /// The node of a frame called from a node, which is new if it was not there.
    mutating func callee(_ frame: UInt32, of caller: UInt32) -> UInt32 {
        guard starts.isEmpty else { return append(frame, to: caller) }
        let first = nodes[Int(caller)].firstCallee
        if first == 0 {
            let node = append(frame, to: caller)
            nodes[Int(caller)].firstCallee = node
            return node
        }
        if nodes[Int(first)].frame == frame { return first }
        return otherCallee(frame, of: caller)
    }

    private mutating func otherCallee(_ frame: UInt32, of caller: UInt32) -> UInt32 {
        var slot = Self.slot(caller, frame, in: slots.count)
        while slots[slot] != 0 {
            let node = nodes[Int(slots[slot])]
            if node.caller == caller, node.frame == frame { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = UInt32(truncatingIfNeeded: count)
        let node = append(frame, to: caller)
        slotsInUse += 1
        if slotsInUse * 2 > slots.count { grow() }
        return node
    }

    @inline(__always)
    private mutating func append(_ frame: UInt32, to caller: UInt32) -> UInt32 {
        nodes.append(Node(caller: caller, frame: frame))
        values.append(0)
        if !valuesBefore.isEmpty { valuesBefore.append(0) }
        if !starts.isEmpty { starts.append(time) }
        return UInt32(truncatingIfNeeded: count - 1)
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for number in old where number != 0 {
            let node = nodes[Int(number)]
            var slot = Self.slot(node.caller, node.frame, in: slots.count)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = number
        }
    }

    private static func slot(_ caller: UInt32, _ frame: UInt32, in size: Int) -> Int {
        let product = (UInt64(caller) << 32 | UInt64(frame)) &* 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: product ^ (product >> 32)) & (size - 1)
    }
}
