internal import Bytes

/// Reads folded stacks into a tree: `root;caller;function COUNT`, a line each.
///
/// A line has one count, or two where a file shows a difference. Empty lines and those that begin
/// with `#` say nothing; others without a count are ignored, and counted.
package struct FoldedParser {
    /// How many bytes of sorted lines become one node, or more.
    private static let bytesOfNode = 64
    /// 80 MB of addresses; the memory behind them is taken as they are used.
    private static let mostReserved = 1 << 22

    /// The tree so far.
    private var tree: FlameTree
    /// How many lines had no count, and were ignored.
    package private(set) var ignoredLines = 0

    private let options: Options
    private var renaming: FrameRenaming
    private var columns: FoldedStackLine.Columns?
    private var path = StackPath()
    /// Whether stacks go into the tree as they are, but for empty frames at the end.
    private let isPlain: Bool
    /// The last stack in the order of the tree, with the nodes it went through.
    private var lastFrames: [UInt32] = []
    private var lastNodes: [UInt32] = []

    /// A parser of a file.
    package init(_ options: Options = Options()) {
        self.options = options
        isPlain = !options.isFlameChart && !FrameRenaming.isNeeded(options)
        tree = FlameTree(inTimeOrder: options.isFlameChart)
        renaming = FrameRenaming(options, &tree.names)
    }

    /// Makes room for a text of a size.
    package mutating func reserveCapacity(bytes: Int) {
        tree.reserveCapacity(nodes: min(bytes / Self.bytesOfNode, Self.mostReserved))
    }

    /// Reads whole lines; the last one may lack its end.
    package mutating func read(_ lines: RawSpan) {
        let columns = self.columns ?? FoldedStackLine.columns(of: lines)
        self.columns = columns
        path.reset()
        var start = 0
        while start < lines.byteCount {
            let end = lines.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? lines.byteCount
            read(start..<end, of: lines, columns)
            start = end + 1
        }
    }

    /// The tree of all lines.
    package consuming func finish() -> FlameTree {
        tree
    }

    private mutating func read(
        _ range: Range<Int>, of lines: RawSpan, _ columns: FoldedStackLine.Columns
    ) {
        let bytes = FoldedStackLine.content(of: lines.extracting(range))
        if FoldedStackLine.isComment(bytes) { return }
        guard let line = FoldedStackLine(bytes, columns) else {
            ignoredLines += 1
            return
        }
        let stack = range.lowerBound..<range.lowerBound + line.stackEnd
        let kept = path.read(stack, of: lines, &tree.names.table)
        let node =
            isPlain
            ? node(keeping: kept) : node(of: renaming.apply(to: path.frames, &tree.names))
        tree.add(line.count, to: node)
        if let before = line.before { tree.addBefore(before, to: node) }
        if line.count.isClamped || line.before?.isClamped == true { tree.isClamped = true }
    }

    /// The node where the stack ends that was just read, of which so many frames were there before.
    private mutating func node(keeping kept: Int) -> UInt32 {
        var depth = path.count
        if !options.keepsEmptyEnds {
            while depth > 0, path[depth - 1] == renaming.empty { depth -= 1 }
        }
        lastNodes.removeLast(max(lastNodes.count - min(kept, depth), 0))
        var node = lastNodes.last ?? UInt32(FlameTree.root)
        for index in lastNodes.count..<depth {
            node = tree.callee(path[index], of: node)
            lastNodes.append(node)
        }
        return node
    }

    /// The node where a stack ends.
    private mutating func node(of frames: [UInt32]) -> UInt32 {
        var shared = 0
        let most = min(frames.count, lastFrames.count)
        while shared < most, frames[shared] == lastFrames[shared] { shared += 1 }
        lastNodes.removeSubrange(shared...)
        var node = lastNodes.last ?? UInt32(FlameTree.root)
        for frame in frames[shared...] {
            node = tree.callee(frame, of: node)
            lastNodes.append(node)
        }
        lastFrames = frames
        return node
    }
}

extension FoldedParser {
    /// How stacks are read.
    package struct Options: Sendable {
        /// Whether the tree begins with the functions that were running.
        package var isReversed = false
        /// Whether the order of lines is that of time: stacks are merged with the one before only.
        package var isFlameChart = false
        /// Whether addresses in names are made equal: `0x…` becomes `0x...`.
        package var stripsHexadecimals = false
        /// Whether frames behind the first `--` get the mark of a waker, `_[w]`.
        package var marksWakers = false
        /// Whether empty frames at the end of a stack are kept.
        package var keepsEmptyEnds = false

        /// As lines come.
        package init() {}
    }
}
