import TestSupport
import Testing

extension Sampling {
    /// Programs of several languages: stacks are whole.
    @Suite(.serialized) struct ProgramTests {
        /// The share of the samples whose stacks have their roots.
        private static func whole(_ recording: Recording) -> Double {
            Double(recording.total(where: \.isWhole)) / Double(max(recording.total(), 1))
        }

        @Test(.enabled(if: Capability.target("unwinding/throw").isAvailable))
        func seesStacksInTheMiddleOfThrowing() async throws {
            let recording = try await Record.target(
                "unwinding/throw", options: ["--freq", "499", "--no-kernel"])
            #expect(recording.total() > 50, "\(recording)")
            // The unwinder rewrites the stack it is on as it arrives at a handler.
            #expect(Self.whole(recording) > 0.95, "\(recording)")
            let throwing = recording.stacks.filter {
                $0.isWhole && $0.frames.contains("_Unwind_RaiseException")
            }
            #expect(!throwing.isEmpty)
            for stack in throwing { #expect(stack.frames.contains("main"), "\(stack)") }
        }

        @Test(arguments: [["names-rust"], ["names-swift"]])
        func seesWholeStacksOfOtherLanguages(command: [String]) async throws {
            guard TestTarget.exists(command[0]) else { return }
            let recording = try await Record.target(
                command[0], options: ["--freq", "4999", "--no-kernel"])
            // They end at once: what there is begins at the root.
            for stack in recording.stacks where !stack.isWhole {
                #expect(
                    stack.frames.contains { $0.contains("yet") || $0.contains("exiting") },
                    "\(stack)")
            }
        }

        @Test(.enabled(if: Capability.tool("python3").isAvailable))
        func seesTheInterpreterOfPython() async throws {
            let program = "s = 0\nfor i in range(6_000_000): s += len(str(i))"
            let recording = try await Record.command(
                ["/usr/bin/python3", "-c", program], options: ["--freq", "499", "--no-kernel"])
            #expect(recording.total() > 100, "\(recording)")
            #expect(Self.whole(recording) > 0.98, "\(recording)")
            let evaluating = recording.total { $0.frames.contains("Py_BytesMain") }
            #expect(Double(evaluating) > 0.9 * Double(recording.total()), "\(recording)")
        }

        /// Code that node has generated is unwound by frame pointers, and marked.
        @Test(.enabled(if: Capability.tool("node").isAvailable))
        func seesGeneratedCode() async throws {
            let program = """
                function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }
                const start = Date.now()
                while (Date.now() - start < 1500) fib(20)
                """
            let recording = try await Record.command(
                ["node", "-e", program], options: ["--freq", "499", "--no-kernel"])
            let generated = recording.stacks.filter { stack in
                stack.frames.contains { $0.hasSuffix("_[j]") }
            }
            #expect(generated.reduce(0) { $0 + $1.value } > 20, "\(recording)")
            let whole = generated.filter(\.isWhole)
            #expect(Double(whole.count) > 0.8 * Double(generated.count), "\(recording)")
            for stack in whole {
                #expect(
                    stack.frames.contains("node::Start(int, char**)")
                        || stack.frames.contains("node::Start"))
            }
        }
    }
}
