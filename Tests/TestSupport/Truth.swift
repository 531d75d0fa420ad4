/// What a test program says it did: the last line it prints.
package struct Truth: Decodable, Sendable {
    package var program: String
    /// Calls by function, as counted in the functions themselves.
    package var calls: [String: Int]
    /// `forker`: calls in forked children and in programs started anew.
    package var childCalls: [String: Int]?
    package var spawnedCalls: [String: Int]?
    /// `stacks`: calls by folded stack.
    package var stacks: [String: Int]?
    /// `exceptions`: how many arrived at their handlers.
    package var caught: Int?
    /// `spinner`: each duration, in order of the calls.
    package var durationsNanoseconds: [UInt64]?
    /// `spinner`: how often it has been preempted, which may be outside of what it has measured.
    package var preemptions: Int?
    /// `waits`: nanoseconds by function.
    package var waits: [String: UInt64]?
    /// `shares`: nanoseconds of CPU time by function.
    package var shares: [String: UInt64]?
    /// `empty-call`.
    package var nanosecondsPerCall: Double?
    /// `kvstore`.
    package var requestsPerSecond: Int?

    private enum CodingKeys: String, CodingKey {
        case program, calls, stacks, caught, preemptions, waits, shares
        case childCalls = "child_calls"
        case spawnedCalls = "spawned_calls"
        case durationsNanoseconds = "durations_ns"
        case nanosecondsPerCall = "ns_per_call"
        case requestsPerSecond = "requests_per_second"
    }
}
