internal import Bytes

/// The frames of one folded stack after the other.
///
/// In sorted lines a stack begins like the one before it; those frames are known already.
struct StackPath {
    /// The frames, root first, as numbers in a table of names.
    private(set) var frames: [UInt32] = []
    /// Where each frame ends, counted from the stack's first byte.
    private var ends: [Int] = []
    /// Where the stack is among the lines.
    private var range = 0..<0

    /// Forgets the last stack, since its bytes are gone.
    mutating func reset() {
        frames.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        range = 0..<0
    }

    /// Reads the stack at a place among lines.
    mutating func read(_ stack: Range<Int>, of lines: RawSpan, _ names: inout FrameNames) {
        keepShared(with: stack, lines)
        range = stack
        var start = stack.lowerBound + (ends.last.map { $0 + 1 } ?? 0)
        let bytes = lines.extracting(first: stack.upperBound)
        guard start <= stack.upperBound, !stack.isEmpty else { return }
        while true {
            let end = bytes.firstOffset(of: UInt8(ascii: ";"), from: start) ?? stack.upperBound
            let name = bytes.extracting(start..<end)
            frames.append(UInt32(truncatingIfNeeded: names.index(of: name)))
            ends.append(end - stack.lowerBound)
            guard end < stack.upperBound else { return }
            start = end + 1
        }
    }

    /// Drops the frames that another stack does not begin with.
    private mutating func keepShared(with stack: Range<Int>, _ lines: RawSpan) {
        let shared = Self.sharedPrefix(range, stack, lines)
        while let end = ends.last, !isFrameEnd(end, shared, stack, lines) {
            ends.removeLast()
            frames.removeLast()
        }
    }

    private func isFrameEnd(
        _ end: Int, _ shared: Int, _ stack: Range<Int>, _ lines: RawSpan
    ) -> Bool {
        guard end == shared else { return end < shared }
        return end == stack.count
            || lines.byte(at: stack.lowerBound + end) == UInt8(ascii: ";")
    }

    /// How many bytes two ranges have in common at their beginnings.
    private static func sharedPrefix(
        _ left: Range<Int>, _ right: Range<Int>, _ lines: RawSpan
    ) -> Int {
        let word = MemoryLayout<UInt64>.size
        let most = min(left.count, right.count)
        var shared = 0
        while shared + word <= most {
            let (a, b) = (left.lowerBound + shared, right.lowerBound + shared)
            let difference =
                lines.unsafeLoadUnaligned(fromByteOffset: a, as: UInt64.self)
                ^ lines.unsafeLoadUnaligned(fromByteOffset: b, as: UInt64.self)
            if difference != 0 {
                return shared + UInt64(littleEndian: difference).trailingZeroBitCount / 8
            }
            shared += word
        }
        while shared < most,
            lines.byte(at: left.lowerBound + shared) == lines.byte(at: right.lowerBound + shared)
        {
            shared += 1
        }
        return shared
    }
}
