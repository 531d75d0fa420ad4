/// What the programs of others have left in their maps.
package struct ProgramReport: Sendable, Equatable {
    /// What it is called.
    package var name: String
    /// How long they ran.
    package var durationNanoseconds: UInt64
    /// The maps, in the order they are shown.
    package var maps: [Part]
    /// What was lost, and how much.
    package var losses: [Loss]

    /// What is shown of a map.
    package enum Part: Sendable, Equatable {
        case table(ProgramTable)
        case histograms(ProgramHistograms)
    }

    /// Something that is missing.
    package struct Loss: Sendable, Equatable {
        /// How much.
        package let count: UInt64
        /// Of what, in words: `events that had no room`.
        package let what: String

        /// Tells of a loss.
        package init(count: UInt64, what: String) {
            self.count = count
            self.what = what
        }
    }

    /// Puts a report together.
    package init(
        name: String, durationNanoseconds: UInt64, maps: [Part], losses: [Loss]
    ) {
        self.name = name
        self.durationNanoseconds = durationNanoseconds
        self.maps = maps
        self.losses = losses
    }
}
