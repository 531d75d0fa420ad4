/// Stacks and what was counted for each.
package struct StackProfile: Sendable, Equatable {
    /// A stack with its values.
    package struct Sample: Sendable, Equatable {
        /// The frames, root first, as indices into the profile's ``StackProfile/frames``.
        package let stack: [Int]
        /// A value for each of the profile's kinds.
        package let values: [UInt64]
        /// Whose stack it is, as an index into the profile's ``StackProfile/labelSets``.
        package let labels: Int
    }

    /// What the values of each sample count.
    package let valueKinds: [ValueKind]
    /// The frames of all samples, each one once.
    package private(set) var frames: [Frame] = []
    /// The stacks in the order they were added; the same stack may be there more than once.
    package private(set) var samples: [Sample] = []
    /// The labels of all samples, each once; the first are none.
    package private(set) var labelSets: [SampleLabels] = [SampleLabels()]
    /// Where modules were mapped, as far as that is known.
    package var mappings: [ModuleMapping] = []
    /// How and when the samples were taken, as far as that is known.
    package var recording = Recording()

    private var indices = HashIndex()
    /// How many of the frames have been indexed.
    private var indexed = 0
    private var labelIndices: [SampleLabels: Int] = [SampleLabels(): 0]

    /// A profile without samples.
    package init(valueKinds: [ValueKind]) {
        self.valueKinds = valueKinds
    }

    /// A profile of frames that differ from each other, without samples yet.
    init(valueKinds: [ValueKind], frames: [Frame]) {
        self.valueKinds = valueKinds
        self.frames = frames
    }

    /// Makes room for a number of samples.
    mutating func reserveCapacity(samples: Int) {
        self.samples.reserveCapacity(samples)
    }

    package static func == (left: StackProfile, right: StackProfile) -> Bool {
        left.valueKinds == right.valueKinds && left.frames == right.frames
            && left.samples == right.samples && left.labelSets == right.labelSets
            && left.mappings == right.mappings && left.recording == right.recording
    }

    /// Adds a stack, root first, with a value for each of the kinds.
    package mutating func add(
        _ stack: some Sequence<Frame>, values: [UInt64], labels: SampleLabels = SampleLabels()
    ) {
        add(stack: stack.map { index(of: $0) }, values: values, labels: index(of: labels))
    }

    /// Adds a stack of frames the profile has, root first.
    ///
    /// - Parameters:
    ///   - stack: Indices that ``index(of:)-(Frame)`` has given.
    ///   - values: A value for each of the kinds.
    ///   - labels: An index that ``index(of:)-(SampleLabels)`` has given; 0 for none.
    package mutating func add(stack: [Int], values: [UInt64], labels: Int = 0) {
        precondition(values.count == valueKinds.count, "one value for each kind")
        precondition(stack.allSatisfy(frames.indices.contains), "frames of this profile")
        precondition(labelSets.indices.contains(labels), "labels of this profile")
        samples.append(Sample(stack: stack, values: values, labels: labels))
    }

    /// The position of a kind's values in a sample's, if the profile has them.
    package func valueIndex(of kind: ValueKind) -> Int? {
        valueKinds.firstIndex(of: kind)
    }

    /// Whose stack a sample is.
    package func labels(of sample: Sample) -> SampleLabels { labelSets[sample.labels] }

    /// The index of a frame, which the profile has from now on.
    package mutating func index(of frame: Frame) -> Int {
        // Frames that came all at once wait until one is looked for.
        while indexed < frames.count {
            indices.insert(frames[indexed].quickHash, indexed)
            indexed += 1
        }
        let hash = frame.quickHash
        if let index = indices.find(hash, where: { frames[$0] == frame }) { return index }
        indices.insert(hash, frames.count)
        frames.append(frame)
        indexed = frames.count
        return frames.count - 1
    }

    /// The index of some labels, which the profile has from now on.
    package mutating func index(of labels: SampleLabels) -> Int {
        if let index = labelIndices[labels] { return index }
        labelIndices[labels] = labelSets.count
        labelSets.append(labels)
        return labelSets.count - 1
    }
}
