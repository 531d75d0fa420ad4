import TestSupport
import Testing

extension Counting {
    /// Threads that end inside a probed function.
    @Suite(.serialized) struct ThreadEndTests {
        private static let endings = [
            ("exit", "exit_inside"), ("cancel", "cancelled_inside"), ("detached", "detached_call"),
        ].map { mode, function in
            StressCase(
                target: "threads", arguments: ["--mode", mode],
                functions: ["thread_call", function],
                left: ["exit_inside", "cancelled_inside"], reasons: ["thread_exited"])
        }

        @Test(arguments: endings + endings.map { $0.with("--returns", "exits") })
        func countsCallsCutOffByTheEndOfTheirThread(_ endings: StressCase) async throws {
            try await endings.verify()
        }

        /// The kernel finds a probed address space through its first thread. Once that has ended,
        /// the probes go over to another one, and uprof says that it missed something meanwhile.
        @Test func goesOnWhenTheFirstThreadHasEnded() async throws {
            let measurement = try await Attach.command(
                "threads", ["--mode", "main", "--threads", "300000"],
                functions: ["main_exits_inside", "outlive_call"])
            let report = try measurement.report
            #expect(measurement.uprof.status == 16)
            #expect(report.calls["main_exits_inside"] == 0)
            #expect(report.losses["thread_exited"] == 1)
            #expect((1...300_000).contains(report.calls["outlive_call"] ?? 0))
            #expect(measurement.uprof.standardError.contains("first thread of process"))
        }

        /// Also when it ends at once, before the probes could go over: nothing is made up.
        @Test(arguments: ["main", "all"])
        func behavesTheSameWhenTheFirstThreadEnds(mode: String) async throws {
            let alone = try await TestTarget("threads").run(["--mode", mode])
            let measurement = try await Attach.command(
                "threads", ["--mode", mode],
                functions: ["thread_call", "main_exits_inside", "outlive_call", "detached_call"])
            let report = try measurement.report
            let truth = try measurement.truth
            #expect(measurement.uprof.termination == alone.termination)
            #expect(measurement.commandOutput == alone.standardOutput)
            #expect(report.calls["thread_call"] == truth.calls["thread_call"])
            #expect(report.calls["detached_call"] == truth.calls["detached_call"])
            #expect(report.calls["outlive_call", default: 0] <= 20)
        }
    }
}
