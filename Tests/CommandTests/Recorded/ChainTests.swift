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
            _ build: String, mode: String, depth: Int, family: String = "modern"
        ) async throws -> (recording: Recording, chain: [String]) {
            let recording = try await Record.target(
                "unwinding/chain-\(build)",
                ["--mode", mode, "--depth", "\(depth)", "--milliseconds", "200"],
                options: ["--freq", "499", "--no-kernel", "--object-family", family])
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

        private static let kinds = [
            "large", "variable", "realigned", "signal", "alternate", "thread", "vfork",
        ]

        @Test(arguments: ["pie", "no-pie", "static"], kinds)
        func seesFramesOfAllKinds(build: String, mode: String) async throws {
            try await Self.checkAllFrames(of: build, mode: mode)
        }

        /// Old kernels' programs, which take turns to unwind a stack, see the same.
        @Test(arguments: ["plain"] + kinds)
        func seesTheSameOnOldKernels(mode: String) async throws {
            try await Self.checkAllFrames(of: "pie", mode: mode, family: "legacy")
        }

        /// Only so many programs can take turns: what they have seen is kept, and the end is said.
        @Test func cutsVeryDeepStacksOnOldKernels() async throws {
            let (recording, chain) = try await Self.check(
                "pie", mode: "plain", depth: 127, family: "legacy")
            let atLeaf = recording.stacks.filter { $0.frames.last == "burn" }
            #expect(!atLeaf.isEmpty)
            for stack in atLeaf {
                #expect(!stack.isWhole)
                let frames = stack.frames.drop { !$0.hasPrefix("[truncated") }.dropFirst()
                #expect(frames.count == 93)
                #expect(Array(frames) == Array(chain.suffix(93)))
            }
        }

        private static func checkAllFrames(
            of build: String, mode: String, family: String = "modern"
        ) async throws {
            let (recording, chain) = try await check(
                build, mode: mode, depth: 10, family: family)
            let atLeaf = recording.stacks.filter { $0.frames.last == "burn" }
            #expect(!atLeaf.isEmpty)
            for stack in atLeaf {
                #expect(stack.isWhole, "\(stack)")
                let root = try #require(chain.first)
                let frames = known(stack.frames(from: root))
                #expect(frames == chain, "\(stack)")
            }
        }

        /// In code that lasts a few instructions: whatever there is of the chain is right.
        @Test(arguments: ["pie", "no-pie", "static"], ["vdso", "linkage"])
        func seesStacksThroughTheKernelsCodeAndStubs(build: String, mode: String) async throws {
            let (recording, chain) = try await Self.check(build, mode: mode, depth: 10)
            let inside = recording.stacks.filter {
                // The program also prints what it is.
                $0.frames.count > chain.count && !$0.frames.contains("print_chain")
            }
            #expect(!inside.isEmpty)
            for stack in inside {
                #expect(stack.isWhole, "\(stack)")
                let callers = Array(chain.dropLast())
                #expect(Array(stack.frames(from: "main").prefix(callers.count)) == callers)
            }
        }

        /// Two programs that differ in the size of their frames alone take turns on a processor: a
        /// rule for an address of one would lead astray at the same address of the other.
        @Test(arguments: ["modern", "legacy"])
        func tellsTheSameAddressesOfTwoImagesApart(family: String) async throws {
            let programs = try ["pie", "wide"].map { try TestTarget("unwinding/chain-\($0)").path }
            let places = try await Self.functions(of: programs[0])
            #expect(try await Self.functions(of: programs[1]) == places)

            let arguments = "--mode large --depth 60 --milliseconds 500"
            let script = programs.map { "\($0) \(arguments) &" }.joined(separator: " ") + " wait"
            let recording = try await Record.command(
                ["taskset", "--cpu-list", "0", "/bin/sh", "-c", script],
                options: ["--freq", "999", "--no-kernel", "--object-family", family])
            let line = try #require(
                recording.uprof.standardOutput.split(separator: "\n").last, "\(recording)")
            let chain = try JSONDecoder().decode(Chain.self, from: Data(line.utf8)).chain
            for program in ["chain-pie", "chain-wide"] {
                let atLeaf = recording.stacks.filter {
                    // The first samples can be from before the program or a table of it is known.
                    $0.frames.first == program && $0.frames.last == "burn"
                        && !$0.frames.contains { $0.contains(" yet") }
                }
                #expect(atLeaf.reduce(0) { $0 + $1.value } > 100, "\(program): \(recording)")
                for stack in atLeaf {
                    #expect(stack.isWhole && stack.frames(from: "main") == chain, "\(stack)")
                }
            }
        }

        /// The functions of a program with their addresses, as nm prints them.
        private static func functions(of program: String) async throws -> [Substring] {
            let lines = try await run(try #require(Tool.path("nm")), [program]).check()
            return lines.standardOutput.split(separator: "\n").filter {
                $0.contains(" T ") || $0.contains(" t ")
            }
        }
    }
}
