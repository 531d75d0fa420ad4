extension FlameTree {
    /// The stacks of a profile.
    ///
    /// - Parameters:
    ///   - profile: The stacks.
    ///   - valueIndex: Which of their values is shown.
    ///   - isReversed: Whether the tree begins with the functions that were running.
    package init(_ profile: StackProfile, valueIndex: Int, isReversed: Bool = false) {
        self.init()
        details = profile.frames
        for frame in profile.frames { names.append(frame.name) }
        for sample in profile.samples {
            var node = UInt32(Self.root)
            for frame in isReversed ? sample.stack.reversed() : sample.stack {
                node = callee(UInt32(truncatingIfNeeded: frame), of: node)
            }
            add(FoldedCount(sample.values[valueIndex]), to: node)
        }
    }
}
