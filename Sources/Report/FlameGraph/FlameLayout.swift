/// Where each box of a flame graph lies, in the units of its values.
struct FlameLayout {
    /// One box: a function as called from one stack.
    struct Box: Equatable {
        /// The frame in the profile; the box of all stacks has none.
        let frame: Int?
        /// How many boxes are between this one and the ground.
        let depth: Int
        /// Where it begins.
        let start: UInt64
        /// Where it ends.
        fileprivate(set) var end: UInt64

        /// The value it stands for.
        var value: UInt64 { end - start }
    }

    /// The boxes, callers before callees, siblings by name.
    private(set) var boxes: [Box] = []
    /// The depth of the highest box.
    private(set) var depth = 0

    /// The value of all stacks.
    var total: UInt64 { boxes.first?.value ?? 0 }

    /// Lays out the stacks of a profile.
    ///
    /// - Parameters:
    ///   - profile: The stacks.
    ///   - valueIndex: Which of their values is shown.
    ///   - smallestShare: Boxes with less than this share of the whole are left out.
    init(_ profile: StackProfile, valueIndex: Int, smallestShare: Double) {
        let order = Self.order(of: profile.frames)
        place(Self.sorted(profile, valueIndex, order), order)
        let smallest = Double(total) * smallestShare
        boxes.removeAll { $0.value == 0 || Double($0.value) < smallest }
        depth = boxes.map(\.depth).max() ?? 0
    }

    /// A stack as positions in the order of frames, with its value.
    private typealias Stack = (ranks: [Int], value: UInt64)

    /// The frames in the order of their names, bytewise.
    private static func order(of frames: [Frame]) -> [Int] {
        let keys = frames.map { Array("\($0.name)\0\($0.module)\0\($0.kind.rawValue)".utf8) }
        return frames.indices.sorted { ByteOrder.precedes(keys[$0], keys[$1]) }
    }

    private static func sorted(
        _ profile: StackProfile, _ valueIndex: Int, _ order: [Int]
    ) -> [Stack] {
        var ranks = order
        for (rank, frame) in order.enumerated() { ranks[frame] = rank }
        return profile.samples
            .map { sample in
                (sample.stack.map { ranks[$0] }, sample.values[valueIndex])
            }
            .sorted { $0.ranks.lexicographicallyPrecedes($1.ranks) }
    }

    /// Puts sorted stacks side by side: equal callers lie next to each other then and are one box.
    private mutating func place(_ stacks: [Stack], _ order: [Int]) {
        boxes = [Box(frame: nil, depth: 0, start: 0, end: 0)]
        var open: [Int] = []
        var previous: [Int] = []
        var position: UInt64 = 0
        for (ranks, value) in stacks {
            let shared = zip(previous, ranks).prefix { $0 == $1 }.count
            close(open[shared...], at: position)
            open.removeSubrange(shared...)
            for rank in ranks[shared...] {
                let depth = open.count + 1
                open.append(boxes.count)
                boxes.append(Box(frame: order[rank], depth: depth, start: position, end: position))
            }
            position.addClamping(value)
            previous = ranks
        }
        close(open[...], at: position)
        boxes[0].end = position
    }

    private mutating func close(_ finished: ArraySlice<Int>, at position: UInt64) {
        for box in finished { boxes[box].end = position }
    }
}
