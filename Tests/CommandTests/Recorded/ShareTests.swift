import TestSupport
import Testing

extension Sampling {
    /// Whether samples fall where the time is spent.
    @Suite(.serialized) struct ShareTests {
        @Test func givesEachFunctionItsShare() async throws {
            let recording = try await Record.target(
                "shares", ["--milliseconds", "3000"], options: ["--freq", "997"])
            let shares = try #require(try recording.uprof.truth().shares)
            let sum = Double(shares.values.reduce(0, +))
            let samples = recording.total { stack in
                shares.keys.contains { stack.frames.contains($0) }
            }
            #expect(samples > 1500, "\(recording)")
            for (function, nanoseconds) in shares {
                let share = Double(nanoseconds) / sum
                let expected = share * Double(samples)
                let seen = Double(recording.total { $0.frames.contains(function) })
                // Four standard deviations of a binomial distribution.
                let error = 4 * (Double(samples) * share * (1 - share)).squareRoot()
                #expect(abs(seen - expected) < error, "\(function): \(recording)")
            }
        }

        /// One sample each period of CPU time.
        @Test func takesAsManySamplesAsAskedFor() async throws {
            let recording = try await Record.target(
                "shares", ["--milliseconds", "2000"], options: ["--freq", "500"])
            let shares = try #require(try recording.uprof.truth().shares)
            let expected = Double(shares.values.reduce(0, +)) / 1e9 * 500
            let seen = Double(recording.total { $0.frames.contains("main") })
            #expect(abs(seen - expected) < 0.05 * expected, "\(recording)")
        }
    }
}
