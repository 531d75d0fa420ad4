import Glibc
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

        @Test(arguments: StressCase.inEveryWay(endings))
        func countsCallsCutOffByTheEndOfTheirThread(_ endings: StressCase) async throws {
            try await endings.verify()
        }

        /// A perf event finds the probed address space through its first thread. Once that has
        /// ended, the probes go over to another one, and uprof says that it missed something.
        @Test func goesOnWhenTheFirstThreadHasEnded() async throws {
            // More calls than anybody waits for: it is killed when the test is over.
            let process = try await TestTarget("threads").startWaiting([
                "--mode", "main", "--threads", "1000000000000",
            ])
            let uprof = try Attach.start(
                [process], functions: ["main_exits_inside", "outlive_call"],
                options: ["--json", "--probes", "pmu"])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            process.sendLine()
            try await uprof.waitForLine("uprof: the first thread of", on: .standardError)
            try await Task.sleep(for: .milliseconds(300))
            uprof.signal(SIGINT)
            let report = try Measurement(try await uprof.waitForExit()).report
            #expect(process.isRunning)
            #expect(report.calls["main_exits_inside"] == 0)
            #expect(report.losses["thread_exited"] == 1)
            #expect(report.calls["outlive_call", default: 0] > 1_000)
        }

        /// Links of many uprobes know the process by its thread group and miss nothing.
        @Test func missesNothingWhenTheFirstThreadEnds() async throws {
            try await StressCase(
                target: "threads", arguments: ["--mode", "main"],
                functions: ["main_exits_inside", "outlive_call"],
                left: ["main_exits_inside"], reasons: ["thread_exited"]
            ).verify()
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
