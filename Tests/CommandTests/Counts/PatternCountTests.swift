import TestSupport
import Testing

extension Counting {
    /// Which functions a pattern means, told by what is counted.
    @Suite(.serialized) struct PatternCountTests {
        struct Case: CustomTestStringConvertible {
            var target: String
            var patterns: [String]
            var calls: [String: Int]

            var testDescription: String { "\(patterns.joined(separator: " ")) in \(target)" }
        }

        private static let stacks = [
            "stack_a": 400, "stack_b": 300, "stack_c": 100, "stack_leaf": 400,
        ]

        static let cases = [
            Case(
                target: "stacks", patterns: ["stack_a", "stack_leaf"],
                calls: ["stack_a": 400, "stack_leaf": 400]),
            Case(target: "stacks", patterns: ["stack_*"], calls: stacks),
            Case(
                target: "stacks", patterns: ["stack_[bc]"], calls: ["stack_b": 300, "stack_c": 100]),
            Case(
                target: "stacks", patterns: ["stack_?"],
                calls: ["stack_a": 400, "stack_b": 300, "stack_c": 100]),
            Case(
                target: "stacks", patterns: ["/^stack_(a|leaf)$/"],
                calls: ["stack_a": 400, "stack_leaf": 400]),
            Case(target: "stacks", patterns: ["/tack_l/"], calls: ["stack_leaf": 400]),
            Case(target: "stacks", patterns: ["stacks:stack_b"], calls: ["stack_b": 300]),
            // What several patterns mean is measured once.
            Case(target: "stacks", patterns: ["stack_*", "stack_a", "/^stack_/"], calls: stacks),
            Case(
                target: "shared-user", patterns: ["libshared:shared_call"],
                calls: ["shared_call": 1_000]),
            Case(
                target: "shared-user", patterns: ["*/libshared.so:shared_call"],
                calls: ["shared_call": 1_000]),
        ]

        @Test(arguments: cases)
        func measuresWhatPatternsMean(_ expected: Case) async throws {
            let measurement = try await Attach.command(
                expected.target, functions: expected.patterns)
            #expect(try measurement.report.calls == expected.calls)
            #expect(try measurement.report.losses == [:])
        }

        /// `-f` is short for `--func`, and may be repeated.
        @Test func takesPatternsOneByOne() async throws {
            let target = try TestTarget("stacks")
            let result = try await UprofCommand.run([
                "attach", "--json", "-f", "stack_a", "--func", "stack_b", "--", target.path,
            ])
            #expect(try Measurement(result).report.calls == ["stack_a": 400, "stack_b": 300])
        }
    }
}
