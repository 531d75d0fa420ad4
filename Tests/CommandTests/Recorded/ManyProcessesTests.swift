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

        /// Memory stays as it was, however many processes there were.
        @Test func keepsItsMemory() async throws {
            let script = "for i in $(seq 1500); do /bin/true; done"
            let directory = try ScratchDirectory()
            let uprof = try UprofCommand.start([
                "record", "--freq", "999", "-o", directory.file("out.folded"), "--", "/bin/sh",
                "-c", script,
            ])
            try await uprof.waitForLine(Record.started, on: .standardError)
            var sizes: [Int] = []
            while let size = Self.residentKilobytes(of: uprof.processID) {
                sizes.append(size)
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(try await uprof.waitForExit().status == 0)
            let settled = try #require(sizes.dropFirst(sizes.count / 3).first)
            let last = try #require(sizes.last)
            // What is kept of each process is its mappings, to name its stacks by.
            #expect(last < settled + 60_000, "\(sizes)")
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
