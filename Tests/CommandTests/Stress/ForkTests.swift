import TestSupport
import Testing

extension Counting {
    /// Processes made inside a probed function: those are not the measured one, but live on.
    @Suite(.serialized) struct ForkTests {
        private static let modes = ["fork", "vfork", "spawn", "exec"]
        private static let cases = modes.map { mode in
            StressCase(
                target: "forker", arguments: ["--mode", mode],
                functions: ["counted_call", "\(mode)_inside"], left: ["exec_inside"],
                reasons: ["exec"])
        }

        @Test(arguments: StressCase.inEveryWay(cases))
        func countsTheCallsOfTheParent(_ forks: StressCase) async throws {
            try await forks.verify()
        }

        /// One after the other, in one process.
        @Test func countsTheCallsOfAnAttachedParent() async throws {
            let forks = StressCase(
                target: "forker",
                functions: [
                    "counted_call", "fork_inside", "vfork_inside", "spawn_inside", "exec_inside",
                ],
                left: ["exec_inside"], reasons: ["exec"])
            let measurement = try await Attach.process(forks.target, functions: forks.functions)
            #expect(measurement.targets.map(\.status) == [15])
            try forks.verifyCounts(measurement)
        }
    }
}
