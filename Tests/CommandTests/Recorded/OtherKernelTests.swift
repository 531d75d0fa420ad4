import Foundation
import TestSupport
import Testing

extension Sampling {
    /// The oldest kernel that is meant to work, and one in between.
    @Suite(.serialized) struct OtherKernelTests {
        /// The folded lines of a program among all that was printed.
        private static func stacks(
            of program: String, in output: String
        ) throws -> [Recording.Stack] {
            let lines = output.split(separator: "\n").filter { $0.contains("\(program);") }
            let folded = lines.map { line in
                // The console begins a line with what clears it.
                line[(line.range(of: "\(program);")?.lowerBound ?? line.startIndex)...]
            }
            return try Recording.stacks(of: folded.joined(separator: "\n"))
        }

        private static func check(_ kernel: OtherKernel) async throws {
            let output = try await kernel.run(
                """
                uprof record --freq 199 --no-kernel -- /bin/chain-pie --depth 10 --milliseconds 500
                uprof record --off-cpu -- /bin/waits
                """,
                with: [
                    UprofCommand.path(), TestTarget("unwinding/chain-pie").path,
                    TestTarget("waits").path,
                ])
            let sampled = try stacks(of: "chain-pie", in: output)
            let atLeaf = sampled.filter { $0.frames.last == "burn" }
            #expect(atLeaf.reduce(0) { $0 + $1.value } > 10, "\(output)")
            for stack in atLeaf {
                #expect(stack.frames(from: "main").count == 15, "\(stack)")
                #expect(stack.frames.dropFirst().first == "_start", "\(stack)")
            }
            let waited = try stacks(of: "waits", in: output)
            for function in ["wait_for_time", "wait_for_lock", "wait_for_pipe"] {
                let stacks = waited.filter { $0.frames.contains(function) }
                // 8 times 50 ms or more.
                #expect(stacks.reduce(0) { $0 + $1.value } > 390_000_000, "\(output)")
                for stack in stacks { #expect(stack.frames.last == "__schedule_[k]", "\(stack)") }
            }
        }

        @Test(.enabled(if: OtherKernel("5.10").capability.isAvailable, "Linux 5.10 to be had"))
        func recordsOnLinux5_10() async throws {
            try await Self.check(OtherKernel("5.10"))
        }

        @Test(.enabled(if: OtherKernel("6.1").capability.isAvailable, "Linux 6.1 to be had"))
        func recordsOnLinux6_1() async throws {
            try await Self.check(OtherKernel("6.1"))
        }
    }
}
