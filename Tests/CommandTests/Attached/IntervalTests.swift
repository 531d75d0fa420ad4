import Foundation
import TestSupport
import Testing

extension Attaching {
    /// `--interval`: a report each time, of the time since the last.
    @Suite(.serialized) struct IntervalTests {
        private static let arguments = ["--calls", "2000", "--gap-us", "300"]

        /// No call is in two intervals or in none.
        @Test func addsUpToTheTotal() async throws {
            let measurement = try await Attach.process(
                "counter", Self.arguments, functions: ["counted_call"],
                options: ["--interval", "100ms"])
            let reports = measurement.reports
            #expect(reports.count >= 4)
            #expect(reports.allSatisfy { $0.schema == "uprof.attach/1" })
            #expect(reports.map { $0.calls["counted_call", default: 0] }.reduce(0, +) == 2_000)
            #expect(reports.allSatisfy { $0.losses == [:] })
            #expect(reports.count(where: { $0.calls != ["counted_call": 0] }) >= 3)
            // A late report makes the next interval shorter, not the mean.
            let durations = reports.dropLast().map(\.durationNs)
            #expect(durations.reduce(0, +) >= 50_000_000 * UInt64(durations.count))
            for function in reports.flatMap(\.functions) { verify(function) }
        }

        /// Each interval has its own extremes and percentiles, not those since the beginning.
        private func verify(_ function: AttachReport.Function) {
            #expect(function.histogram.map(\.calls).reduce(0, +) == function.calls)
            #expect(function.minNs <= function.p50Ns && function.p50Ns <= function.maxNs)
        }

        /// A file or a pipe gets one table below the other, without control characters.
        @Test func appendsTablesWhereThereIsNoTerminal() async throws {
            let process = try await TestTarget("counter").startWaiting(Self.arguments)
            let uprof = try Attach.start(
                [process], functions: ["counted_call"], options: ["--interval", "150ms"])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            process.sendLine()
            let result = try await uprof.waitForExit()
            let lines = result.standardOutput.split(separator: "\n")
            #expect(lines.count { $0.hasPrefix("MODULE") } >= 3)
            #expect(lines.count { $0.hasPrefix("counter") } >= 3)
            #expect(!result.standardOutput.contains("\u{1B}"))
        }

        /// A terminal sees one table, which is drawn anew in its place.
        @Test(
            .enabled(
                if: Capability.tool("script").isAvailable, "\(Capability.tool("script").reason)"))
        func redrawsTheTableOnATerminal() async throws {
            let counter = try TestTarget("counter").path
            let command = [
                try UprofCommand.path(), "attach", "--func", "counted_call", "--interval", "150ms",
                "--", counter,
            ]
            let result = try await run(
                try #require(Tool.path("script")),
                [
                    "--quiet", "--return", "--command",
                    (command + Self.arguments).joined(separator: " "), "/dev/null",
                ])
            #expect(result.status == 10)
            let screens = result.standardOutput.components(separatedBy: "\u{1B}[J")
            #expect(screens.count >= 3)
            // Up by as many lines as the table had: two, and a note would be more.
            #expect(result.standardOutput.contains("\u{1B}[2A\r\u{1B}[J"))
        }
    }
}
