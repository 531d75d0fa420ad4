/// Stacks and what was counted for each.
package struct StackProfile: Sendable, Equatable {
    /// What a value counts.
    package enum ValueKind: String, Sendable, CaseIterable {
        /// Calls of a function.
        case calls
        /// Time in calls of a function, in nanoseconds.
        case totalNanoseconds

        /// The word behind a number of them.
        package var unit: String {
            switch self {
            case .calls: "calls"
            case .totalNanoseconds: "ns"
            }
        }
    }

    /// A stack with its values.
    package struct Sample: Sendable, Equatable {
        /// The frames, root first, as indices into the profile's ``StackProfile/frames``.
        package let stack: [Int]
        /// A value for each of the profile's kinds.
        package let values: [UInt64]
    }

    /// What the values of each sample count.
    package let valueKinds: [ValueKind]
    /// The frames of all samples, each one once.
    package private(set) var frames: [Frame] = []
    /// The stacks in the order they were added; the same stack may be there more than once.
    package private(set) var samples: [Sample] = []

    private var indices: [Frame: Int] = [:]

    /// A profile without samples.
    package init(valueKinds: [ValueKind]) {
        self.valueKinds = valueKinds
    }

    /// Adds a stack, root first, with a value for each of the kinds.
    package mutating func add(_ stack: some Sequence<Frame>, values: [UInt64]) {
        precondition(values.count == valueKinds.count, "one value for each kind")
        samples.append(Sample(stack: stack.map { index(of: $0) }, values: values))
    }

    /// The position of a kind's values in a sample's, if the profile has them.
    package func valueIndex(of kind: ValueKind) -> Int? {
        valueKinds.firstIndex(of: kind)
    }

    private mutating func index(of frame: Frame) -> Int {
        if let index = indices[frame] { return index }
        indices[frame] = frames.count
        frames.append(frame)
        return frames.count - 1
    }
}
