import TestSupport
import Testing

extension Counting {
    /// Outer and inner calls of one function, and functions that end in a jump to another.
    @Suite(.serialized) struct RecursionTests {
        private static let recursions = [
            ("fib", ["fib"]), ("parity", ["is_even", "is_odd"]),
            ("tail", ["tail_first", "tail_second"]), ("self", ["tail_self"]),
        ].map { mode, functions in
            StressCase(target: "recursion", arguments: ["--mode", mode], functions: functions)
        }

        @Test(arguments: StressCase.inEveryWay(recursions))
        func countsOuterAndInnerCalls(_ recursion: StressCase) async throws {
            try await recursion.verify()
        }

        /// Where exits are probed, a call ends with the jump that is its last instruction. That is
        /// said; with the kernel's trampoline it ends with the function it has jumped to.
        @Test(arguments: [("auto", 0), ("exits", 100)] as [(String, UInt64)])
        func saysHowManyCallsEndedInATailCall(returns: String, tailCalls: UInt64) async throws {
            let measurement = try await Attach.command(
                "recursion", ["--mode", "tail"], functions: ["tail_first", "tail_second"],
                options: ["--returns", returns])
            #expect(try measurement.report.lost["tail_calls"] == tailCalls)
        }

        /// A recursion that goes exactly as deep as the kernel follows loses nothing.
        @Test(arguments: ["auto", "exits"])
        func countsSixtyFourNestedCalls(returns: String) async throws {
            try await StressCase(
                target: "recursion", arguments: ["--mode", "descend", "--depth", "64"],
                functions: ["descend"], options: ["--returns", returns]
            ).verify()
        }

        /// Beyond, the outer 64 are measured, and each other call is counted as too deep, once.
        @Test(arguments: ["auto", "exits"])
        func countsCallsNestedTooDeep(returns: String) async throws {
            let measurement = try await Attach.command(
                "recursion", ["--mode", "descend", "--depth", "200"], functions: ["descend"],
                options: ["--returns", returns])
            #expect(measurement.uprof.status == 12)
            #expect(try measurement.report.calls == ["descend": 64])
            #expect(try measurement.report.losses == ["too_deep": 136])
        }

        /// An outer call lasts longer than the inner calls it makes.
        @Test func givesOuterAndInnerCallsTheirOwnLatency() async throws {
            let measurement = try await Attach.command(
                "recursion", ["--mode", "descend", "--depth", "60"], functions: ["descend"])
            let descend = try #require(try measurement.report.functions.first)
            #expect(descend.calls == 60)
            // Each level contains all below it, and whatever interrupted those.
            #expect(descend.maxNs > descend.p50Ns)
            #expect(descend.p50Ns > descend.minNs)
        }
    }
}
