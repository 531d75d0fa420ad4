import TestSupport
import Testing

extension Counting {
    /// The ways of attaching probes: what older kernels have counts the same.
    @Suite(.serialized) struct ProbeKindTests {
        private static let kinds = ["session", "multi", "pmu", "legacy pmu", "legacy tracefs"]

        private static func options(_ kind: String) -> [String] {
            let words = kind.split(separator: " ").map(String.init)
            return ["--probes", words[words.count - 1]]
                + (words.count > 1 ? ["--object-family", words[0]] : [])
        }

        @Test(arguments: kinds)
        func countsExactly(kind: String) async throws {
            let measurement = try await Attach.command(
                "counter", ["--calls", "20000", "--threads", "8"], functions: ["counted_call"],
                options: Self.options(kind))
            let report = try measurement.report
            #expect(
                report.functions.map(\.probe) == [kind.split(separator: " ").last.map(String.init)])
            #expect(report.calls == ["counted_call": 20_000])
            #expect(report.losses == [:])
        }

        @Test(arguments: kinds)
        func matchesEntriesToReturns(kind: String) async throws {
            try await StressCase(
                target: "recursion",
                functions: ["fib", "is_even", "is_odd", "tail_first", "tail_second", "tail_self"],
                options: Self.options(kind)
            ).verify()
        }

        /// Without compare-and-swap and without memory in common, intervals still add up.
        @Test func addsUpByIntervalsForOldKernels() async throws {
            let measurement = try await Attach.command(
                "counter", ["--calls", "30000", "--threads", "4"], functions: ["counted_call"],
                options: ["--object-family", "legacy", "--interval", "20ms"])
            let reports = measurement.reports
            #expect(reports.reduce(0) { $0 + ($1.calls["counted_call"] ?? 0) } == 30_000)
            for function in reports.flatMap(\.functions) where function.calls > 0 {
                #expect(function.minNs <= function.maxNs)
            }
        }

        @Test(arguments: [
            ["--object-family", "legacy", "--probes", "session"],
            ["--object-family", "modern", "--probes", "tracefs"],
        ])
        func refusesWhatDoesNotGoTogether(options: [String]) async throws {
            let measurement = try await Attach.command(
                "counter", ["--calls", "1"], functions: ["counted_call"], options: options)
            #expect(measurement.uprof.status == 1)
            #expect(measurement.uprof.standardError.contains("legacy"))
        }

        @Test(arguments: kinds)
        func leavesExceptionsAlone(kind: String) async throws {
            let options = ["--mode", "deep", "--calls", "20"]
            let alone = try await TestTarget("exceptions").run(options)
            let measurement = try await Attach.command(
                "exceptions", options, functions: ["level_?", "cleanup_call"],
                options: Self.options(kind))
            #expect(measurement.uprof.termination == alone.termination)
            #expect(measurement.commandOutput == alone.standardOutput)
        }

        /// The kernel refuses one of many: the others are probed, and the one is named.
        @Test(arguments: kinds)
        func goesOnWithoutARefusedFunction(kind: String) async throws {
            let measurement = try await Attach.command(
                "empty-call", ["--function", "empty_push", "--calls", "100"],
                functions: ["empty_*", "refused_lock"], options: Self.options(kind))
            #expect(try measurement.report.calls["empty_push"] == 100)
            #expect(measurement.uprof.standardError.contains("cannot probe refused_lock"))
        }
    }
}
