extension StackProfile {
    /// How and when samples were taken; nil is unknown.
    package struct Recording: Sendable, Equatable {
        /// When it began, in nanoseconds since 1970 (UTC).
        package var startNanoseconds: UInt64?
        /// How long it took.
        package var durationNanoseconds: UInt64?
        /// What is between two samples: a time, or a number of events.
        package var period: UInt64?
        /// What the period is counted in.
        package var periodKind: ValueKind?
        /// Which of the values counts unless somebody says otherwise, by its name.
        package var defaultKind: String?
        /// Remarks, a line each.
        package var comments: [String] = []
        /// What did not reach the profile.
        package var losses = Losses()

        /// Nothing is known.
        package init() {}
    }
}
