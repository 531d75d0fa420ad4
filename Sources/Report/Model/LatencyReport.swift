/// What was measured in one period: the whole measurement or one interval of it.
package struct LatencyReport: Sendable, Equatable {
    /// When the period began, since the measurement began.
    package var startNanoseconds: UInt64
    /// How long the period was.
    package var durationNanoseconds: UInt64
    /// The functions, those without calls included.
    package var functions: [FunctionLatency]
    /// What is missing.
    package var losses: Losses
    /// Which BPF objects have measured it.
    package var objectFamily: ObjectFamily
    /// What those do less well than others, in words; nil where nothing is.
    package var objectLimits: String?
    /// Remarks for people: a sentence each, without a full stop.
    package var notes: [String]

    /// What was measured in a period.
    package init(
        startNanoseconds: UInt64 = 0, durationNanoseconds: UInt64,
        functions: [FunctionLatency] = [], losses: Losses = Losses(),
        objectFamily: ObjectFamily = .modern, objectLimits: String? = nil, notes: [String] = []
    ) {
        self.startNanoseconds = startNanoseconds
        self.durationNanoseconds = durationNanoseconds
        self.functions = functions
        self.losses = losses
        self.objectFamily = objectFamily
        self.objectLimits = objectLimits
        self.notes = notes
    }

    /// The functions, those that took the most time first; the order of equals is fixed too.
    package var functionsByTotal: [FunctionLatency] {
        functions.sorted { left, right in
            if left.totalNanoseconds != right.totalNanoseconds {
                left.totalNanoseconds > right.totalNanoseconds
            } else if left.calls != right.calls {
                left.calls > right.calls
            } else {
                (left.function, left.module, left.siteOffset)
                    < (right.function, right.module, right.siteOffset)
            }
        }
    }
}
