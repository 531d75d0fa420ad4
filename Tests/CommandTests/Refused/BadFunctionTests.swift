import TestSupport
import Testing

/// Patterns that mean nothing that can be measured: one line, and the command has not run.
@Suite(.serialized, .enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
struct BadFunctionTests {
    struct Case: CustomTestStringConvertible {
        var patterns: [String]
        var options: [String] = []
        var target = "counter"
        var words: [String]
        var status: Int32 = 1

        var testDescription: String { (patterns + options).joined(separator: " ") }
    }

    static let cases = [
        Case(patterns: ["countd_call"], words: ["'countd_call'", "did you mean counted_call?"]),
        Case(patterns: ["completely_different_name"], words: ["'completely_different_name'"]),
        Case(patterns: ["zzz*"], words: ["'zzz*'"]),
        Case(patterns: ["/^zzz/"], words: ["'/^zzz/'"]),
        Case(patterns: ["calls"], words: ["'calls'", "variable"]),
        Case(patterns: ["nolib:malloc"], words: ["'nolib:malloc'", "libc.so.6"]),
        Case(
            patterns: ["libc:*"], words: ["functions", "--max-functions 1000"]),
        Case(
            patterns: ["stack_*"], options: ["--max-functions", "3"], target: "stacks",
            words: ["4 functions", "--max-functions 3"]),
        Case(patterns: ["libc:strlen"], words: ["strlen", "indirect"]),
    ]

    @Test(arguments: cases)
    func saysWhyNothingIsMeasured(_ bad: Case) async throws {
        let result = try await UprofCommand.run(
            ["attach", "--func"] + bad.patterns + bad.options
                + ["--", TestTarget(bad.target).path])
        #expect(result.status == bad.status)
        #expect(result.standardOutput.isEmpty, "the command has not run")
        #expect(result.standardError.split(separator: "\n").count == 1)
        for word in bad.words {
            #expect(result.standardError.contains(word))
        }
    }

    /// A pattern that means nothing yet may mean something in a library that comes later.
    @Test func measuresTheOthersWhereOnePatternMeansNothing() async throws {
        let measurement = try await Attach.command(
            "counter", functions: ["counted_call", "no_such_one"])
        #expect(measurement.uprof.status == 10)
        #expect(try measurement.report.calls == ["counted_call": 1_000])
        #expect(measurement.uprof.standardError.contains("no function matches 'no_such_one'"))
    }

    /// An instruction the kernel does not step over: named, with the reason, and the others go on.
    @Test(
        .enabled(
            if: Capability.target("empty-call").isAvailable,
            "\(Capability.target("empty-call").reason)"))
    func measuresTheOthersWhereOneFunctionIsRefused() async throws {
        let measurement = try await Attach.command(
            "empty-call", ["--calls", "100"], functions: ["empty_push", "refused_lock"])
        #expect(measurement.uprof.status == 0)
        #expect(try measurement.report.calls == ["empty_push": 100])
        #expect(measurement.uprof.standardError.contains("refused_lock"))
    }

    /// Where it is the only one, there is nothing to measure.
    @Test(
        .enabled(
            if: Capability.target("empty-call").isAvailable,
            "\(Capability.target("empty-call").reason)"))
    func saysThatTheOnlyFunctionIsRefused() async throws {
        let result = try await UprofCommand.run([
            "attach", "--func", "refused_lock", "--", try TestTarget("empty-call").path,
        ])
        #expect(result.status == 1)
        #expect(result.standardOutput.isEmpty)
        #expect(result.standardError.split(separator: "\n").count == 1)
        #expect(result.standardError.contains("refused_lock"))
    }
}
