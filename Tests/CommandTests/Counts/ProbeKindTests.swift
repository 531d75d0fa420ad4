import TestSupport
import Testing

extension Counting {
    /// The ways of attaching probes: what older kernels have counts the same.
    @Suite(.serialized) struct ProbeKindTests {
        private static let kinds = ["session", "multi", "pmu"]

        @Test(arguments: kinds)
        func countsExactly(kind: String) async throws {
            let measurement = try await Attach.command(
                "counter", ["--calls", "20000", "--threads", "8"], functions: ["counted_call"],
                options: ["--probes", kind])
            let report = try measurement.report
            #expect(report.functions.map(\.probe) == [kind])
            #expect(report.calls == ["counted_call": 20_000])
            #expect(report.losses == [:])
        }

        @Test(arguments: kinds)
        func matchesEntriesToReturns(kind: String) async throws {
            try await StressCase(
                target: "recursion",
                functions: ["fib", "is_even", "is_odd", "tail_first", "tail_second", "tail_self"],
                options: ["--probes", kind]
            ).verify()
        }

        @Test(arguments: kinds)
        func leavesExceptionsAlone(kind: String) async throws {
            let options = ["--mode", "deep", "--calls", "20"]
            let alone = try await TestTarget("exceptions").run(options)
            let measurement = try await Attach.command(
                "exceptions", options, functions: ["level_?", "cleanup_call"],
                options: ["--probes", kind])
            #expect(measurement.uprof.termination == alone.termination)
            #expect(measurement.commandOutput == alone.standardOutput)
        }

        /// The kernel refuses one of many: the others are probed, and the one is named.
        @Test(arguments: kinds)
        func goesOnWithoutARefusedFunction(kind: String) async throws {
            let measurement = try await Attach.command(
                "empty-call", ["--function", "empty_push", "--calls", "100"],
                functions: ["empty_*", "refused_lock"], options: ["--probes", kind])
            #expect(try measurement.report.calls["empty_push"] == 100)
            #expect(measurement.uprof.standardError.contains("cannot probe refused_lock"))
        }
    }
}
