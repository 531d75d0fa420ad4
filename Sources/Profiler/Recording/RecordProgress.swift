/// How much has been sampled so far.
package struct RecordProgress: Equatable, Sendable {
    /// Samples that are counted.
    package var samples: UInt64 = 0
    /// Samples that are lost.
    package var lost: UInt64 = 0
    /// Samples in whose stacks a caller was found by a frame pointer alone.
    package var byFramePointer: UInt64 = 0
    /// Samples whose stacks end early, by why.
    package var truncated: [(reason: String, samples: UInt64)] = []

    /// Samples whose stacks are whole.
    package var complete: UInt64 { samples - truncated.reduce(0) { $0 + $1.samples } }

    package static func == (left: RecordProgress, right: RecordProgress) -> Bool {
        left.samples == right.samples && left.lost == right.lost
            && left.byFramePointer == right.byFramePointer
            && left.truncated.elementsEqual(right.truncated, by: ==)
    }
}

extension RecordProgress {
    /// Sums up totals.
    init(_ totals: SampleTotals, lost: UInt64) {
        samples = totals.samples
        self.lost = lost + totals.withoutStack
        byFramePointer = totals.byFramePointer
        truncated = StackEnd.allCases.compactMap { end in
            let samples = totals.samples(endingBy: end)
            return end.reason.flatMap { samples > 0 ? ($0, samples) : nil }
        }
        truncated.sort { $0.samples > $1.samples }
    }
}
