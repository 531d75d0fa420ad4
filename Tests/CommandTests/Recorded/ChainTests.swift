import Foundation
import TestSupport
import Testing

extension Sampling {
    /// Programs without frame pointers whose every stack is known.
    @Suite(.serialized) struct ChainTests {
        static let builds = ["pie", "no-pie", "static", "static-pie", "cet"]

        /// What a program says its chain of calls is.
        private struct Chain: Decodable {
            var chain: [String]
        }

        /// Records a program, and checks each stack taken in its leaf.
        private static func check(
            _ build: String, mode: String, depth: Int
        ) async throws -> (recording: Recording, chain: [String]) {
            let recording = try await Record.target(
                "unwinding/chain-\(build)",
                ["--mode", mode, "--depth", "\(depth)", "--milliseconds", "200"],
                options: ["--freq", "499", "--no-kernel"])
            let line = try #require(
                recording.uprof.standardOutput.split(separator: "\n").last, "\(recording)")
            let chain = try JSONDecoder().decode(Chain.self, from: Data(line.utf8)).chain
            return (recording, chain)
        }

        /// Frames as the program calls them: it has no name for the restorer of a signal.
        private static func known(_ frames: [String]) -> [String] {
            frames.map { frame in
                frame == "__restore_rt" || frame.hasPrefix("[unknown in ") ? "[signal]" : frame
            }
        }

        @Test(arguments: builds, [1, 10, 60, 127])
        func seesChainsOfAllDepths(build: String, depth: Int) async throws {
            let (recording, chain) = try await Self.check(build, mode: "plain", depth: depth)
            let atLeaf = recording.stacks.filter { $0.frames.last == "burn" }
            #expect(!atLeaf.isEmpty)
            for stack in atLeaf {
                #expect(stack.frames(from: "main") == chain)
                #expect(stack.frames.dropFirst().first == "_start")
            }
        }

        @Test(
            arguments: ["pie", "no-pie", "static"],
            ["large", "variable", "realigned", "signal", "alternate", "thread", "vfork"])
        func seesFramesOfAllKinds(build: String, mode: String) async throws {
            let (recording, chain) = try await Self.check(build, mode: mode, depth: 10)
            let atLeaf = recording.stacks.filter { $0.frames.last == "burn" }
            #expect(!atLeaf.isEmpty)
            for stack in atLeaf {
                #expect(stack.isWhole, "\(stack)")
                let root = try #require(chain.first)
                let frames = Self.known(stack.frames(from: root))
                #expect(frames == chain, "\(stack)")
            }
        }

        /// In code that lasts a few instructions: whatever there is of the chain is right.
        @Test(arguments: ["pie", "no-pie", "static"], ["vdso", "linkage"])
        func seesStacksThroughTheKernelsCodeAndStubs(build: String, mode: String) async throws {
            let (recording, chain) = try await Self.check(build, mode: mode, depth: 10)
            let inside = recording.stacks.filter { $0.frames.count > chain.count }
            #expect(!inside.isEmpty)
            for stack in inside {
                #expect(stack.isWhole, "\(stack)")
                let callers = Array(chain.dropLast())
                #expect(Array(stack.frames(from: "main").prefix(callers.count)) == callers)
            }
        }
    }
}
