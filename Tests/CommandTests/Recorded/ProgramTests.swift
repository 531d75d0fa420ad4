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

        /// A program that works for a known time, in functions of known names.
        struct Busy: CustomTestStringConvertible, Sendable {
            var program: String
            /// The functions from the outermost down.
            var functions: [String]
            /// A function of the language's own that calls them.
            var root: String

            var testDescription: String { program }
        }

        static let busy = [
            Busy(
                program: "hello-go", functions: ["main.outer", "main.middle", "main.burn"],
                root: "runtime.goexit"),
            Busy(
                program: "busy-rust",
                functions: ["busy::outer", "busy::middle", "busy::burn"],
                root: "__rust_begin_short_backtrace"),
            Busy(
                program: "busy-swift", functions: ["Busy.middle", "Busy.burn"],
                root: "swift_job_run"),
        ].filter { TestTarget.exists("unwinding/" + $0.program) }

        @Test(arguments: busy)
        func seesWholeStacksOfOtherLanguages(busy: Busy) async throws {
            let recording = try await Record.target(
                "unwinding/" + busy.program, ["400"], options: ["--freq", "499", "--no-kernel"])
            let working = recording.stacks.filter { stack in
                busy.functions.last.map { name in stack.frames.contains { $0.hasPrefix(name) } }
                    == true
            }
            let samples = working.reduce(0) { $0 + $1.value }
            #expect(samples > 50, "\(recording)")
            for stack in working {
                #expect(stack.isWhole, "\(stack)")
                let chain = stack.frames.filter { frame in
                    busy.functions.contains { frame.hasPrefix($0) }
                }
                #expect(chain.count == busy.functions.count, "\(stack)")
                for (frame, name) in zip(chain, busy.functions) {
                    #expect(frame.hasPrefix(name), "\(stack)")
                }
                #expect(stack.frames.contains { $0.contains(busy.root) }, "\(stack)")
            }
        }

        @Test(.enabled(if: Capability.tool("python3").isAvailable))
        func seesTheInterpreterOfPython() async throws {
            let program = "s = 0\nfor i in range(6_000_000): s += len(str(i))"
            let recording = try await Record.command(
                ["/usr/bin/python3", "-c", program],
                options: ["--freq", "499", "--no-kernel"])
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
