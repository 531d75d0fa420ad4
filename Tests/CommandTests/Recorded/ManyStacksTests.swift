import TestSupport
import Testing

extension Sampling {
    /// Programs whose stacks are deep, and hardly ever the same.
    @Suite(.serialized) struct ManyStacksTests {
        /// The stacks of the time between two readings do not fit into the ring: uprof is woken.
        @Test(arguments: [20, 200])
        func losesNone(depth: Int) async throws {
            let recording = try await Record.target(
                "unwinding/varied", ["--depth", "\(depth)", "--milliseconds", "5000"],
                options: ["--freq", "1999"])
            #expect(recording.uprof.status == 0, "\(recording)")
            let stacks = recording.stacks.filter { $0.frames.contains("varied_leaf") }
            #expect(stacks.count > 3_000, "\(recording)")
            for stack in stacks {
                let steps = stack.frames.filter { $0.hasSuffix("_step") }
                #expect(stack.isWhole && steps.count == depth + 1, "\(stack)")
            }
            #expect(!recording.uprof.standardError.contains("lost"), "\(recording)")
            // One sample each half millisecond of CPU time.
            #expect(recording.total() > 9_000, "\(recording)")
        }
    }
}
