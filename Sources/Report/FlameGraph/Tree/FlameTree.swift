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
    /// The node each node was called from; the root is its own.
    private(set) var callers: [UInt32] = [0]
    /// Each node's frame; of the root, nothing that is used.
    private(set) var frames: [UInt32] = [0]
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

    /// The callee of each node that came first, or zero: most nodes have no other.
    private var firstCallees: [UInt32] = [0]
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
    var count: Int { frames.count }

    /// Whether it shows a difference.
    package var isDifference: Bool { !valuesBefore.isEmpty }

    /// Whether no stack has a value.
    package var isEmpty: Bool { !values.contains { $0 > 0 } && !valuesBefore.contains { $0 > 0 } }

    /// The node of a frame called from a node, which is new if it was not there.
    mutating func callee(_ frame: UInt32, of caller: UInt32) -> UInt32 {
        guard starts.isEmpty else { return append(frame, to: caller) }
        let first = firstCallees[Int(caller)]
        if first == 0 {
            let node = append(frame, to: caller)
            firstCallees[Int(caller)] = node
            return node
        }
        if frames[Int(first)] == frame { return first }
        return otherCallee(frame, of: caller)
    }

    private mutating func otherCallee(_ frame: UInt32, of caller: UInt32) -> UInt32 {
        var slot = Self.slot(caller, frame, in: slots.count)
        while slots[slot] != 0 {
            let node = slots[slot]
            if callers[Int(node)] == caller, frames[Int(node)] == frame { return node }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = UInt32(truncatingIfNeeded: count)
        let node = append(frame, to: caller)
        slotsInUse += 1
        if slotsInUse * 2 > slots.count { grow() }
        return node
    }

    private mutating func append(_ frame: UInt32, to caller: UInt32) -> UInt32 {
        callers.append(caller)
        frames.append(frame)
        values.append(0)
        firstCallees.append(0)
        if !valuesBefore.isEmpty { valuesBefore.append(0) }
        if !starts.isEmpty { starts.append(time) }
        return UInt32(truncatingIfNeeded: count - 1)
    }

    private mutating func grow() {
        let nodes = slots.filter { $0 != 0 }
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for node in nodes {
            let index = Int(node)
            var slot = Self.slot(callers[index], frames[index], in: slots.count)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = node
        }
    }

    private static func slot(_ caller: UInt32, _ frame: UInt32, in size: Int) -> Int {
        let product = (UInt64(caller) << 32 | UInt64(frame)) &* 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: product ^ (product >> 32)) & (size - 1)
    }
}
