internal import Bytes

/// The frames of one folded stack after the other.
///
/// In sorted lines a stack begins like the one before it; those frames are known already.
struct StackPath {
    private struct Step {
        /// The frame, as a number in a table of names.
        let frame: UInt32
        /// Where it ends, counted from the stack's first byte.
        let end: Int
    }

    private var steps: [Step] = []
    /// Where the stack is among the lines.
    private var range = 0..<0

    /// How many frames there are.
    var count: Int { steps.count }

    /// A frame, counted from the root.
    subscript(depth: Int) -> UInt32 { steps[depth].frame }

    /// The frames, root first.
    var frames: [UInt32] { steps.map(\.frame) }

    /// Forgets the last stack, since its bytes are gone.
    mutating func reset() {
        steps.removeAll(keepingCapacity: true)
        range = 0..<0
    }

    /// Reads the stack at a place among lines.
    ///
    /// - Returns: How many frames, from the root on, are those of the stack before.
    mutating func read(_ stack: Range<Int>, of lines: RawSpan, _ names: inout NameTable) -> Int {
        let kept = countShared(with: stack, lines)
        steps.removeLast(steps.count - kept)
        range = stack
        var start = stack.lowerBound + (steps.last.map { $0.end + 1 } ?? 0)
        let bytes = lines.extracting(first: stack.upperBound)
        guard start <= stack.upperBound, !stack.isEmpty else { return kept }
        while true {
            let end = bytes.firstOffset(of: UInt8(ascii: ";"), from: start) ?? stack.upperBound
            let frame = UInt32(truncatingIfNeeded: names.number(of: bytes.extracting(start..<end)))
            steps.append(Step(frame: frame, end: end - stack.lowerBound))
            guard end < stack.upperBound else { return kept }
            start = end + 1
        }
    }

    /// How many frames another stack begins with.
    private func countShared(with stack: Range<Int>, _ lines: RawSpan) -> Int {
        let shared = Self.sharedPrefix(
            lines.extracting(range), lines.extracting(stack))
        var count = steps.count
        while count > 0, !isFrameEnd(steps[count - 1].end, shared, stack, lines) { count -= 1 }
        return count
    }

    private func isFrameEnd(
        _ end: Int, _ shared: Int, _ stack: Range<Int>, _ lines: RawSpan
    ) -> Bool {
        guard end == shared else { return end < shared }
        return end == stack.count
            || lines.byte(at: stack.lowerBound + end) == UInt8(ascii: ";")
    }

    /// How many bytes two texts have in common at their beginnings.
    private static func sharedPrefix(_ left: RawSpan, _ right: RawSpan) -> Int {
        let most = min(left.byteCount, right.byteCount)
        var shared = 0
        while shared + block <= most, isSame(left, right, from: shared, SIMD8<UInt64>.self) {
            shared += block
        }
        while shared + word <= most, isSame(left, right, from: shared, UInt64.self) {
            shared += word
        }
        while shared < most, left.byte(at: shared) == right.byte(at: shared) { shared += 1 }
        return shared
    }

    private static func isSame<Part: BitwiseCopyable & Equatable>(
        _ left: RawSpan, _ right: RawSpan, from offset: Int, _ part: Part.Type
    ) -> Bool {
        left.unsafeLoadUnaligned(fromByteOffset: offset, as: part)
            == right.unsafeLoadUnaligned(fromByteOffset: offset, as: part)
    }

    private static let word = MemoryLayout<UInt64>.size
    private static let block = MemoryLayout<SIMD8<UInt64>>.size
}
