import Glibc
import TestSupport
import Testing

extension Attaching {
    /// What ends the measurement of running processes, and what is then written.
    @Suite(.serialized) struct MeasurementEndTests {
        /// A process that calls `counted_call` every millisecond for a minute.
        private static func startCalling() async throws -> RunningProcess {
            let process = try await TestTarget("counter").startWaiting([
                "--calls", "60000", "--gap-us", "1000",
            ])
            process.sendLine()
            return process
        }

        @Test func endsAfterTheDuration() async throws {
            let process = try await Self.startCalling()
            let uprof = try Attach.start(
                [process], functions: ["counted_call"], options: ["--json", "--duration", "400ms"])
            let measurement = try Measurement(try await uprof.waitForExit())
            let report = try measurement.report
            #expect(measurement.uprof.status == 0)
            #expect((395_000_000...900_000_000).contains(report.durationNs))
            #expect(report.calls["counted_call", default: 0] > 20)
            #expect(process.isRunning)
        }

        @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
        func writesTheTableAndTheFilesOnASignal(signal: Int32) async throws {
            let directory = try ScratchDirectory()
            let process = try await Self.startCalling()
            let files = ["out.folded", "out.svg", "out.json", "out.txt"]
            let uprof = try Attach.start(
                [process], functions: ["counted_call"],
                options: files.flatMap { ["-o", directory.file($0)] })
            try await uprof.waitForLine(Attach.started, on: .standardError)
            try await Task.sleep(for: .milliseconds(200))
            uprof.signal(signal)
            let result = try await uprof.waitForExit()
            #expect(result.status == 0)
            #expect(result.standardOutput.hasPrefix("MODULE"))
            #expect(result.standardOutput.contains("counted_call"))
            #expect(try directory.names() == files.sorted())
            for file in files {
                #expect(result.standardError.contains("uprof: wrote \(directory.file(file))\n"))
            }
            #expect(process.isRunning)
        }

        /// The last of the processes ends it.
        @Test func endsWithTheProcesses() async throws {
            let counter = try TestTarget("counter")
            let first = try await counter.startWaiting(["--calls", "10"])
            let last = try await counter.startWaiting(["--calls", "20"])
            let uprof = try Attach.start(
                [first, last], functions: ["counted_call"], options: ["--json"])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            first.sendLine()
            #expect(try await first.waitForExit().status == 10)
            try await Task.sleep(for: .milliseconds(400))
            #expect(uprof.isRunning)
            last.sendLine()
            let result = try await uprof.waitForExit(within: .seconds(10))
            #expect(result.status == 0)
            #expect(try Measurement(result).report.calls == ["counted_call": 30])
        }

        /// A process that is killed ends it too, with what was measured until then.
        @Test func endsWithAProcessThatIsKilled() async throws {
            let process = try await Self.startCalling()
            let uprof = try Attach.start(
                [process], functions: ["counted_call"], options: ["--json"])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            try await Task.sleep(for: .milliseconds(200))
            process.signal(SIGKILL)
            let report = try Measurement(try await uprof.waitForExit(within: .seconds(10))).report
            #expect(report.calls["counted_call", default: 0] > 0)
        }

        /// A call that has not returned is not measured, and said to be running.
        @Test func countsCallsThatAreStillRunning() async throws {
            let process = try await TestTarget("threads").startWaiting(["--mode", "main"])
            let uprof = try Attach.start(
                [process], functions: ["libc:read"], options: ["--json", "--duration", "300ms"])
            // The read it waits in began before the attach: unknown. Nothing else is called.
            let report = try Measurement(try await uprof.waitForExit()).report
            #expect(report.calls == ["read": 0])
            #expect(report.losses == [:])
        }

        @Test func countsACallThatBeganMeanwhileAsRunning() async throws {
            // `cat` answers one line, then waits in a read that began under measurement.
            let process = try RunningProcess("/bin/cat")
            let uprof = try Attach.start(
                [process], functions: ["libc:read"], options: ["--json"])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            process.sendLine("one")
            try await process.waitForLine("one")
            process.sendLine("two")
            try await process.waitForLine("two")
            try await Task.sleep(for: .milliseconds(100))
            uprof.signal(SIGINT)
            let report = try Measurement(try await uprof.waitForExit()).report
            // The first read began before the attach; its return probe was not there yet.
            #expect(report.calls == ["read": 1])
            #expect(report.losses == ["running_at_end": 1])
        }
    }
}
