import TestSupport
import Testing

extension Sampling {
    /// What is refused, and with which status.
    @Suite struct BadRecordingTests {
        @Test(arguments: [
            ["--freq", "0"], ["--freq", "-5"], ["--freq", "1000000"], ["--freq", "many"],
            ["--off-cpu", "--wall"], ["--min-block", "1ms"], ["--duration", "0s"],
            ["-o", "out.unknown"], ["--backend", "magic"], ["--all"],
        ])
        func refusesBadOptions(options: [String]) async throws {
            let result = try await UprofCommand.run(["record", "--pid", "1"] + options)
            #expect(result.status == 64, "\(result)")
        }

        @Test func refusesNoTarget() async throws {
            let result = try await UprofCommand.run(["record"])
            #expect(result.status == 64)
            #expect(result.standardError.contains("--pid"))
        }

        @Test func namesAProcessThatIsNotThere() async throws {
            let process = try await TestTarget("shares").startWaiting()
            process.sendLine()
            process.signal(9)
            let gone = process.processID
            _ = try await process.waitForExit()
            let result = try await UprofCommand.run(["record", "--pid", "\(gone)"])
            #expect(result.status == 1, "\(result)")
            #expect(result.standardError.contains("\(gone)"))
        }

        @Test func namesACommandThatIsNotThere() async throws {
            let result = try await UprofCommand.run(["record", "--", "/no/such/program"])
            #expect(result.status == 1)
            #expect(result.standardError.contains("/no/such/program"))
        }
    }
}
