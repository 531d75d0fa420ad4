import TestSupport
import Testing

extension Sampling {
    /// `--off-cpu` and `--wall`: time that threads do not run.
    @Suite(.serialized) struct BlockedTimeTests {
        private static let functions = ["wait_for_time", "wait_for_lock", "wait_for_pipe"]

        /// Often enough that a sample of the little work between two waits weighs little.
        @Test(arguments: [["--off-cpu"], ["--wall", "--freq", "999"]], ["modern", "legacy"])
        func addsUpToTheTimeWaited(options: [String], family: String) async throws {
            let recording = try await Record.target(
                "waits", options: options + ["--object-family", family])
            let truth = try #require(try recording.uprof.truth().waits)
            for function in Self.functions {
                let known = Double(try #require(truth[function]))
                let seen = Double(recording.total { $0.frames.contains(function) })
                // The program measures a little of its own work too.
                #expect(abs(seen - known) < 0.02 * known, "\(function): \(recording)")
            }
        }

        @Test func namesTheFunctionsOfTheKernel() async throws {
            let recording = try await Record.target("waits", options: ["--off-cpu"])
            let sleeping = recording.stacks.filter { $0.frames.contains("wait_for_time") }
            #expect(!sleeping.isEmpty)
            for stack in sleeping {
                #expect(stack.frames.last == "__schedule_[k]", "\(stack)")
                #expect(stack.frames.contains { $0.contains("nanosleep_[k]") }, "\(stack)")
            }
        }

        /// Shorter waits than asked for are left out.
        @Test func leavesShortWaitsOut() async throws {
            let recording = try await Record.target(
                "waits", options: ["--off-cpu", "--min-block", "55ms"])
            #expect(recording.total { $0.frames.contains("wait_for_time") } == 0, "\(recording)")
            #expect(recording.total { $0.frames.contains("wait_for_lock") } > 0, "\(recording)")
        }

        /// All the time of a thread, whatever it does.
        @Test func wallTimeIsAllTime() async throws {
            let recording = try await Record.target(
                "shares", ["--milliseconds", "1000"], options: ["--wall", "--freq", "999"])
            let line = try #require(
                recording.uprof.standardError.split(separator: "\n")
                    .first { $0.contains("recording for") })
            let seconds = try #require(line.split(separator: " ").compactMap { Double($0) }.first)
            let seen = Double(recording.total()) / 1e9
            #expect(seen > 0.9 * seconds && seen < 1.1 * seconds, "\(recording)")
        }
    }
}
