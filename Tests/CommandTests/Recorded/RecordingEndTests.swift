import Glibc
import TestSupport
import Testing

extension Sampling {
    /// How a recording begins and ends, and what it writes.
    @Suite(.serialized) struct RecordingEndTests {
        @Test func endsWithTheCommandAndItsStatus() async throws {
            let recording = try await Record.command(["/bin/sh", "-c", "exit 7"])
            #expect(recording.uprof.status == 7)
        }

        @Test func endsWithTheTarget() async throws {
            let process = try await TestTarget("shares").startWaiting(["--milliseconds", "500"])
            let directory = try ScratchDirectory()
            let uprof = try UprofCommand.start([
                "record", "--freq", "997", "--pid", "\(process.processID)", "-o",
                directory.file("out.folded"),
            ])
            try await uprof.waitForLine(Record.started, on: .standardError)
            process.sendLine()
            try await process.waitForExit().check()
            let result = try await uprof.waitForExit()
            #expect(result.status == 0)
            let stacks = try Recording.stacks(of: try directory.text(of: "out.folded"))
            #expect(stacks.contains { $0.frames.contains("half") }, "\(result)")
        }

        @Test(arguments: [SIGINT, SIGTERM])
        func writesTheResultOnASignal(signal: Int32) async throws {
            let process = try await TestTarget("shares").startWaiting(["--milliseconds", "60000"])
            process.sendLine()
            let directory = try ScratchDirectory()
            let files = ["out.folded", "out.svg", "out.json", "out.txt"]
            let uprof = try UprofCommand.start(
                ["record", "--freq", "997", "--pid", "\(process.processID)"]
                    + files.flatMap { ["-o", directory.file($0)] })
            try await uprof.waitForLine(Record.started, on: .standardError)
            try await Task.sleep(for: .milliseconds(800))
            uprof.signal(signal)
            let result = try await uprof.waitForExit()
            process.signal(SIGKILL)
            #expect(result.status == 0, "\(result)")
            for file in files { #expect(try directory.text(of: file).contains("half"), "\(file)") }
        }

        @Test func endsAfterTheDuration() async throws {
            let result = try await UprofCommand.run(
                ["record", "--all", "--duration", "500ms", "--freq", "49"])
            #expect(result.status == 0, "\(result)")
            #expect(result.standardError.contains("recording for"))
        }

        @Test func saysNothingButErrorsWhenQuiet() async throws {
            let result = try await UprofCommand.run([
                "record", "--quiet", "--", TestTarget("shares").path, "--milliseconds", "100",
            ])
            #expect(result.standardError.isEmpty, "\(result)")
        }
    }
}
