extension StackProfile {
    /// What a value counts, and in what unit: the names are those of pprof, where there are any.
    package struct ValueKind: Sendable, Hashable {
        /// What is counted: `samples`, `cpu`, …
        package let name: String
        /// The unit: `count` for things, else `nanoseconds`, `bytes`, …
        package let measure: String

        /// A kind that a file names.
        package init(name: String, measure: String) {
            self.name = name
            self.measure = measure
        }

        /// Calls of a function.
        package static let calls = ValueKind(name: "calls", measure: "count")
        /// Time in calls of a function, in nanoseconds.
        package static let totalNanoseconds = ValueKind(name: "total", measure: "nanoseconds")
        /// How often a stack was met.
        package static let samples = ValueKind(name: "samples", measure: "count")
        /// Time on a processor, in nanoseconds.
        package static let cpuNanoseconds = ValueKind(name: "cpu", measure: "nanoseconds")
        /// Time off all processors, in nanoseconds.
        package static let offCPUNanoseconds = ValueKind(name: "off_cpu", measure: "nanoseconds")
        /// Time, on a processor or off, in nanoseconds.
        package static let wallNanoseconds = ValueKind(name: "wall", measure: "nanoseconds")

        /// Whether it is a time in nanoseconds.
        package var isTime: Bool { measure == "nanoseconds" }

        /// The word behind a number of them.
        package var unit: String {
            switch measure {
            case "nanoseconds": "ns"
            case "count", "": name
            default: measure
            }
        }
    }
}
