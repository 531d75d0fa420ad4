import Foundation
import TestSupport
import Testing

extension Sampling {
    /// `--backend perf`: the same stacks without BPF.
    @Suite(.serialized) struct PerfBackendTests {
        private struct Chain: Decodable {
            var chain: [String]
        }

        /// Records a program by perf events, with the chain it says it has.
        private static func record(
            _ build: String, mode: String, depth: Int
        ) async throws -> (recording: Recording, chain: [String]) {
            let recording = try await Record.target(
                "unwinding/chain-\(build)",
                ["--mode", mode, "--depth", "\(depth)", "--milliseconds", "400"],
                options: ["--backend", "perf", "--freq", "499", "--no-kernel"])
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

        @Test(
            arguments: ["pie", "no-pie", "static", "static-pie", "cet"],
            ["plain", "large", "variable", "realigned", "signal", "thread", "vfork"])
        func seesFramesOfAllKinds(build: String, mode: String) async throws {
            let (recording, chain) = try await Self.record(build, mode: mode, depth: 10)
            let atLeaf = recording.stacks.filter { $0.frames.last == "burn" }
            #expect(!atLeaf.isEmpty, "\(recording)")
            for stack in atLeaf {
                #expect(stack.isWhole, "\(stack)")
                let root = try #require(chain.first)
                #expect(Self.known(stack.frames(from: root)) == chain, "\(stack)")
            }
        }

        @Test(arguments: [1, 60, 127])
        func seesChainsOfAllDepths(depth: Int) async throws {
            let (recording, chain) = try await Self.record("pie", mode: "plain", depth: depth)
            let atLeaf = recording.stacks.filter { $0.frames.last == "burn" }
            #expect(!atLeaf.isEmpty, "\(recording)")
            for stack in atLeaf { #expect(stack.frames(from: "main") == chain) }
        }

        @Test(arguments: ["vdso", "linkage"])
        func seesStacksThroughTheKernelsCodeAndStubs(mode: String) async throws {
            let (recording, chain) = try await Self.record("pie", mode: mode, depth: 10)
            let inside = recording.stacks.filter { $0.frames.count > chain.count }
            #expect(!inside.isEmpty, "\(recording)")
            for stack in inside {
                #expect(stack.isWhole, "\(stack)")
                let callers = Array(chain.dropLast())
                #expect(Array(stack.frames(from: "main").prefix(callers.count)) == callers)
            }
        }

        /// What a handler on another stack interrupted is not copied: that is said, not guessed.
        @Test func saysWhatIsNotCopied() async throws {
            let (recording, _) = try await Self.record("pie", mode: "alternate", depth: 10)
            let atLeaf = recording.stacks.filter { $0.frames.last == "burn" }
            #expect(!atLeaf.isEmpty, "\(recording)")
            for stack in atLeaf {
                #expect(stack.frames.contains("[truncated: stack not readable]"), "\(stack)")
                #expect(
                    Self.known(stack.frames(from: "trap_first"))
                        == ["trap_first", "[signal]", "on_trap", "burn_all", "burn"])
            }
        }

        @Test func followsChildrenAndExecs() async throws {
            let path = try TestTarget("unwinding/chain-static").path
            let recording = try await Record.command(
                ["/bin/sh", "-c", "\(path) --milliseconds 600 & wait"],
                options: ["--backend", "perf", "--freq", "499", "--no-kernel"])
            let samples = recording.total { $0.frames.last == "burn" && $0.isWhole }
            #expect(samples > 50, "\(recording)")
            let name = recording.stacks.first { $0.frames.last == "burn" }?.frames.first
            #expect(name == "chain-static")
        }

        @Test func seesTheFramesOfTheKernel() async throws {
            let recording = try await Record.command(
                ["/bin/dd", "if=/dev/zero", "of=/dev/null", "bs=64k", "count=100000"],
                options: ["--backend", "perf", "--freq", "997"])
            let kernel = recording.stacks.filter { $0.frames.last?.hasSuffix("_[k]") == true }
            #expect(!kernel.isEmpty, "\(recording)")
            let inside = kernel.filter { $0.frames.contains("read") || $0.frames.contains("write") }
            #expect(!inside.isEmpty, "what called the kernel is below: \(recording)")
        }

        @Test func timeOffTheProcessorTakesBPF() async throws {
            let result = try await UprofCommand.run(
                ["record", "--backend", "perf", "--off-cpu", "--duration", "1s", "--", "/bin/true"])
            #expect(result.status == 69)
            #expect(result.standardError.contains("--backend bpf"))
        }
    }
}
