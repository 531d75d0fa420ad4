import Foundation
import TestSupport
import Testing

extension Sampling {
    /// Functions that compilers inlined are frames of stacks.
    @Suite(.serialized) struct InlinedFrameTests {
        /// `outer` is the only function there is besides `main`; all its time is in `inner`.
        private static let source = """
            struct Worker {
                __attribute__((always_inline)) inline void inner(volatile long *sum) {
                    for (long i = 0; i < 400000000; i++) *sum += i;
                }
            };
            __attribute__((always_inline)) static inline void middle(volatile long *sum) {
                Worker().inner(sum);
            }
            __attribute__((noinline)) void outer(volatile long *sum) { middle(sum); *sum += 1; }
            int main() { volatile long sum = 0; outer(&sum); return 0; }
            """

        /// Compiles the program; with its debug information in a file of its own, if wanted.
        private static func build(in directory: ScratchDirectory, isSplit: Bool) async throws
            -> String
        {
            let program = directory.file("inlining")
            let source = try directory.write(source, to: "inlining.cpp")
            try await run(try #require(Tool.path("g++")), ["-O2", "-g", source, "-o", program])
                .check()
            guard isSplit else { return program }
            let objcopy = try #require(Tool.path("objcopy"))
            let debug = directory.file("inlining.debug")
            try await run(objcopy, ["--only-keep-debug", program, debug]).check()
            try await run(
                objcopy, ["--strip-all", "--add-gnu-debuglink=\(debug)", program]
            ).check()
            return program
        }

        @Test(arguments: [false, true])
        func areSeenByRecord(isSplit: Bool) async throws {
            let directory = try ScratchDirectory()
            let program = try await Self.build(in: directory, isSplit: isSplit)
            let recording = try await Record.command(
                [program], options: ["--freq", "499", "--no-kernel"])
            let busy = recording.total {
                $0.frames(from: "main") == ["main", "outer", "middle", "Worker::inner"]
            }
            #expect(recording.total() > 50, "\(recording)")
            #expect(Double(busy) > 0.9 * Double(recording.total()), "\(recording)")
        }

        @Test func areLeftOutWhereNotWanted() async throws {
            let directory = try ScratchDirectory()
            let program = try await Self.build(in: directory, isSplit: false)
            let recording = try await Record.command(
                [program], options: ["--freq", "499", "--no-kernel", "--no-inlines"])
            let busy = recording.total { $0.frames(from: "main") == ["main", "outer"] }
            #expect(Double(busy) > 0.9 * Double(recording.total()), "\(recording)")
        }

        @Test func haveTheirKindAndTheirLine() async throws {
            let directory = try ScratchDirectory()
            let program = try await Self.build(in: directory, isSplit: false)
            let path = directory.file("out.json")
            try await UprofCommand.run(
                ["record", "-o", path, "--freq", "499", "--no-kernel", "--", program]
            ).check()
            let text = try directory.text(of: "out.json")
            #expect(text.contains("\"inlined\""))
            #expect(text.contains("inlining.cpp"))
            #expect(text.contains("_ZN6Worker5innerEPVl"))
        }
    }
}
