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

        @Test(arguments: StressCase.inEveryWay(signals))
        func countsInterruptedCalls(_ signals: StressCase) async throws {
            try await signals.verify()
        }

        /// A handler's stack above the interrupted one looks like frames that were left. The kernel
        /// falls for that: with return trampolines in both functions it ends such a program with
        /// SIGILL. Exit probes change no stack, and uprof compares addresses of one stack only.
        @Test func countsCallsInterruptedFromAStackAbove() async throws {
            try await StressCase(
                target: "signals", arguments: ["--alternate", "high"], functions: Self.functions,
                options: ["--returns", "exits"], isRepeatable: false
            ).verify()
        }

        /// A session can do without a return probe where that would end the program, and counts
        /// what it does not measure.
        @Test func leavesOutCallsThatWouldEndTheProgram() async throws {
            let measurement = try await Attach.command(
                "signals", ["--alternate", "high"], functions: Self.functions,
                options: ["--probes", "session"])
            let report = try measurement.report
            let truth = try measurement.truth
            let handled = Self.functions.dropFirst().reduce(0) { $0 + (truth.calls[$1] ?? 0) }
            #expect(measurement.uprof.status == 17)
            #expect(report.calls["interrupted_call"] == truth.calls["interrupted_call"])
            #expect(report.losses == ["on_signal_stack": UInt64(handled)])
        }
    }
}
