import Foundation
import TestSupport
import Testing

extension Sampling {
    /// Processes that come and go.
    @Suite(.serialized) struct ManyProcessesTests {
        @Test func survivesTwoHundredProcessesASecond() async throws {
            let script = "for i in $(seq 200); do /bin/true & done; wait"
            let recording = try await Record.command(
                ["/bin/sh", "-c", script], options: ["--freq", "1999"])
            #expect(recording.uprof.status == 0, "\(recording)")
            #expect(recording.stacks.contains { $0.frames.first == "true" }, "\(recording)")
        }

        /// A child has its parent's mappings from its first instruction on.
        @Test func seesForkedChildren() async throws {
            let path = try TestTarget("shares").path
            let recording = try await Record.command(
                ["/bin/sh", "-c", "\(path) --milliseconds 400 & wait"],
                options: ["--freq", "499"])
            let samples = recording.total { $0.frames.contains("half") && $0.isWhole }
            #expect(samples > 50, "\(recording)")
        }

        /// Memory stays as it was, however many processes there were: what the second half of them
        /// adds is compared with what all of them would take.
        @Test func keepsItsMemory() async throws {
            let script = """
                for i in $(seq 600); do /bin/true; done; echo half
                for i in $(seq 600); do /bin/true; done; echo full; sleep 2
                """
            let directory = try ScratchDirectory()
            let uprof = try UprofCommand.start([
                "record", "--freq", "199", "-o", directory.file("out.folded"), "--", "/bin/sh",
                "-c", script,
            ])
            try await uprof.waitForLine("half") { $0 == "half" }
            try await Task.sleep(for: .milliseconds(700))
            let half = try #require(Self.residentKilobytes(of: uprof.processID))
            try await uprof.waitForLine("full") { $0 == "full" }
            try await Task.sleep(for: .milliseconds(700))
            let full = try #require(Self.residentKilobytes(of: uprof.processID))
            #expect(try await uprof.waitForExit(within: .seconds(120)).status == 0)
            // 600 processes that are kept would be 600 times some kilobytes of mappings.
            #expect(full < half + 2_000, "\(half) KiB, \(full) KiB")
        }

        private static func residentKilobytes(of process: Int32) -> Int? {
            guard
                let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
                let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
            else { return nil }
            return line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
        }
    }
}
