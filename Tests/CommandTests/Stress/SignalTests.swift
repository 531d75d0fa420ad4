import TestSupport
import Testing

extension Counting {
    /// Handlers of signals that arrive inside a probed function and call others.
    @Suite(.serialized) struct SignalTests {
        private static let functions = ["interrupted_call", "handler_call", "handler_inner"]

        private static let signals = [[], ["--alternate", "low"]].map { arguments in
            StressCase(
                target: "signals", arguments: arguments, functions: functions, isRepeatable: false)
        }

        @Test(arguments: signals + signals.map { $0.with("--returns", "exits") })
        func countsInterruptedCalls(_ signals: StressCase) async throws {
            try await signals.verify()
        }

        /// A handler's stack above the interrupted one looks like frames that were left. The kernel
        /// falls for that too: with return trampolines in both functions it ends such a program
        /// with SIGILL, whatever the profiler, so only exit probes are tried. They may lose the
        /// interrupted calls, but say so, and measure the handler's.
        @Test func accountsForCallsInterruptedFromAStackAbove() async throws {
            let measurement = try await Attach.command(
                "signals", ["--alternate", "high"], functions: Self.functions,
                options: ["--returns", "exits"])
            let report = try measurement.report
            let truth = try measurement.truth
            #expect(measurement.uprof.status == 17)
            #expect(report.calls["handler_call"] == truth.calls["handler_call"])
            #expect(report.calls["handler_inner"] == truth.calls["handler_inner"])
            let interrupted = report.calls["interrupted_call"] ?? 0
            let abandoned = report.losses["abandoned_frames"] ?? 0
            #expect(interrupted + Int(abandoned) == truth.calls["interrupted_call"])
        }
    }
}
