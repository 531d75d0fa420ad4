import Glibc
import TestSupport
import Testing

extension Attaching {
    /// `-- CMD`: ways in which the measurement or the command ends before the other.
    @Suite(.serialized) struct CommandEndTests {
        /// Starts a command that calls `counted_call` every millisecond for a long time.
        private static func start(
            _ options: [String] = [], calls: Int = 60_000
        ) async throws -> RunningProcess {
            let uprof = try UprofCommand.start(
                ["attach", "--json", "--func", "counted_call"] + options
                    + ["--", TestTarget("counter").path, "--calls", "\(calls)", "--gap-us", "1000"])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            try await Task.sleep(for: .milliseconds(300))
            return uprof
        }

        /// Ctrl-C goes to both, as a terminal does it: the command dies of it, the result is there.
        @Test func printsTheResultOnControlC() async throws {
            let uprof = try await Self.start()
            uprof.signal(SIGINT, toGroup: true)
            let measurement = try Measurement(try await uprof.waitForExit())
            #expect(measurement.uprof.termination == .signaled(SIGINT))
            #expect(try measurement.report.calls["counted_call", default: 0] > 0)
        }

        /// SIGTERM comes to uprof alone, which hands it on.
        @Test func printsTheResultOnTermination() async throws {
            let uprof = try await Self.start()
            uprof.signal(SIGTERM)
            let measurement = try Measurement(try await uprof.waitForExit())
            #expect(measurement.uprof.termination == .signaled(SIGTERM))
            #expect(try measurement.report.calls["counted_call", default: 0] > 0)
        }

        /// The measurement is over, the command is not: uprof waits for it and ends as it does.
        @Test func lastsAsLongAsTheCommandAfterTheDuration() async throws {
            let measurement = try await Attach.command(
                "counter", ["--calls", "1000", "--gap-us", "1000"], functions: ["counted_call"],
                options: ["--duration", "300ms"])
            let report = try measurement.report
            #expect(measurement.uprof.status == 10)
            #expect(try measurement.truth.calls == ["counted_call": 1_000])
            #expect((1..<1_000).contains(report.calls["counted_call"] ?? 0))
            #expect((290_000_000...5_000_000_000).contains(report.durationNs))
        }

        /// A command that has ended ends the measurement, whatever its children do.
        @Test func endsWithTheCommandNotWithItsChildren() async throws {
            let clock = ContinuousClock()
            let start = clock.now
            let measurement = try await Attach.command(
                ["/bin/sh", "-c", "sleep 20 >/dev/null 2>&1 </dev/null & exit 4"],
                functions: ["libc:malloc"])
            #expect(measurement.uprof.status == 4)
            #expect(clock.now - start < .seconds(15))
        }

        /// Killed with no chance to tidy up, uprof takes its probes with it and the command goes on.
        @Test func leavesTheCommandRunningWhenKilled() async throws {
            let process = try await TestTarget("counter").startWaiting(["--calls", "1000"])
            let uprof = try Attach.start([process], functions: ["counted_call"])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            uprof.signal(SIGKILL)
            #expect(try await uprof.waitForExit().signal == SIGKILL)
            process.sendLine()
            #expect(try await process.waitForExit().status == 10)
        }
    }
}
