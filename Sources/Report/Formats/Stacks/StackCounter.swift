/// Stacks of names with their counts: what a text of samples becomes, line by line.
///
/// Its size grows with the number of different stacks, not with that of the samples.
package struct StackCounter: Sendable {
    /// The names of all frames.
    var names = NameTable()
    private var frames: [UInt32] = []
    private var ends: [Int] = []
    private var counts: [StackCount] = []
    private var index = HashIndex()
    /// Lines that could not be read.
    package internal(set) var unreadableLines = 0
    /// Samples whose end could not be found.
    package internal(set) var unfinishedSamples = 0

    /// No stacks.
    package init() {}

    /// How many different stacks there are.
    package var count: Int { ends.count }

    /// The number of a name.
    mutating func name(_ bytes: RawSpan) -> UInt32 {
        UInt32(truncatingIfNeeded: names.number(of: bytes))
    }

    /// The frames of a stack, root first, as numbers of names, and how often it was met.
    subscript(number: Int) -> (frames: ArraySlice<UInt32>, count: StackCount) {
        (frames[range(of: number)], counts[number])
    }

    /// Counts a stack, given root first.
    mutating func add(_ stack: [UInt32], _ count: StackCount) {
        let hash = ByteHash.hash(stack.span.bytes, after: ByteHash.seed)
        let found = index.find(hash) { frames[range(of: $0)].elementsEqual(stack) }
        if let found {
            counts[found].add(count)
            return
        }
        frames += stack
        ends.append(frames.count)
        counts.append(count)
        index.insert(hash, ends.count - 1)
    }

    /// Adds all stacks of another counter.
    mutating func merge(_ other: StackCounter) {
        let bytes = other.names.bytes
        let numbers = (0..<other.names.count).map { number in
            name(bytes.span.extracting(other.names.range(of: number)).bytes)
        }
        var stack: [UInt32] = []
        for number in 0..<other.count {
            stack.removeAll(keepingCapacity: true)
            for frame in other[number].frames { stack.append(numbers[Int(frame)]) }
            add(stack, other[number].count)
        }
        unreadableLines += other.unreadableLines
        unfinishedSamples += other.unfinishedSamples
    }

    private func range(of number: Int) -> Range<Int> {
        (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }
}
