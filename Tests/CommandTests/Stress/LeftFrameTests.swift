import TestSupport
import Testing

extension Counting {
    /// Frames that are left by longjmp, siglongjmp or an exception.
    @Suite(.serialized) struct LeftFrameTests {
        private static let jumps = StressCase(
            target: "longjmp",
            functions: [
                "round_trip", "leave_by_longjmp", "leave_by_signal", "handler_call",
                "return_normally",
            ],
            left: ["leave_by_longjmp", "leave_by_signal", "handler_call"],
            reasons: ["abandoned_frames"])

        @Test(arguments: StressCase.inEveryWay([jumps]))
        func countsFramesLeftByLongjmp(_ jumps: StressCase) async throws {
            try await jumps.verify()
        }

        private static let thrown = StressCase(
            target: "exceptions",
            functions: [
                "level_?", "cleanup_call", "rethrow_call", "nested_call", "capture_call",
                "throw_kept", "catching_call",
            ],
            left: [
                "level_1", "level_2", "level_3", "level_4", "level_5", "rethrow_call",
                "nested_call", "throw_kept",
            ],
            // The last frames of a thread are seen to be left when it ends.
            reasons: ["abandoned_frames", "thread_exited"])

        private static let modes: [StressCase] = [
            ("deep", ["level_?", "cleanup_call"]),
            ("rethrow", ["rethrow_call", "level_1", "level_2"]),
            ("nested", ["nested_call", "level_3"]),
            ("pointer", ["capture_call", "throw_kept", "level_1"]),
            ("threads", ["level_1", "level_5", "cleanup_call"]),
            ("inside", ["catching_call", "level_2"]),
        ].map { mode, functions in
            var thrown = thrown
            thrown.arguments = ["--mode", mode]
            thrown.functions = functions
            return thrown
        }

        /// All modes in one run, with the unwinder linked in each of the ways there are.
        private static let linkages = [
            "exceptions", "exceptions-static", "exceptions-static-libgcc",
        ].map { target in
            var thrown = thrown
            thrown.target = target
            return thrown
        }

        /// The exceptions arrive at their handlers, cleanups run, and the calls around them count.
        @Test(arguments: modes + linkages)
        func countsFramesLeftByExceptions(_ exceptions: StressCase) async throws {
            try await exceptions.verify()
        }

        /// Attached while it runs, an exception finds its handler all the same.
        @Test func countsFramesLeftByExceptionsOfAProcess() async throws {
            let deep = Self.modes[0]
            let measurement = try await Attach.process(
                "exceptions", ["--mode", "deep"], functions: deep.functions)
            #expect(measurement.targets.map(\.status) == [14])
            try deep.verifyCounts(measurement)
        }
    }
}
