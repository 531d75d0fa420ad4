package import Report

/// What a recording has found by its end.
package struct RecordResult {
    /// All stacks, with their samples and nanoseconds.
    package var profile: StackProfile
    /// How much was sampled.
    package var progress: RecordProgress
    /// What the recording itself has cost.
    package var cost: RecordCost
    /// How many different stacks there are.
    package var stackCount: Int
    /// Why it ended.
    package var ending: MeasurementEnding
    /// What the listener threw, if that ended it.
    package var failure: (any Error)?
}

/// What a recording itself has cost.
package struct RecordCost: Sendable, Equatable {
    /// How long it took, in nanoseconds.
    package var durationNanoseconds: UInt64 = 0
    /// Time of processors that uprof has used meanwhile, in nanoseconds.
    package var ownNanoseconds: UInt64 = 0
    /// How often programs of uprof ran in the kernel; zero where the kernel does not measure it.
    package var kernelRuns: UInt64 = 0
    /// How long they ran altogether, in nanoseconds.
    package var kernelNanoseconds: UInt64 = 0
}
