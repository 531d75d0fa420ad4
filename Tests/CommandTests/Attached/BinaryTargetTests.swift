import Glibc
import TestSupport
import Testing

extension Attaching {
    /// `--binary`: whoever runs a file, now or later.
    @Suite(.serialized) struct BinaryTargetTests {
        /// A copy of a program that nobody else runs.
        private static func copy(
            _ name: String, to directory: ScratchDirectory
        ) async throws -> String {
            let path = directory.file(name)
            // By cp: what this process has open for writing, a child it starts meanwhile has too.
            try await run("/bin/cp", [TestTarget(name).path, path]).check()
            return path
        }

        @Test func countsInProcessesThatStartLater() async throws {
            let directory = try ScratchDirectory()
            let program = try await Self.copy("counter", to: directory)
            let earlier = try RunningProcess(program, ["--calls", "70", "--wait"])
            try await earlier.waitForLine("ready")
            let uprof = try UprofCommand.start([
                "attach", "--json", "--binary", program, "--func", "counted_call",
            ])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            earlier.sendLine()
            #expect(try await earlier.waitForExit().status == 10)
            for _ in 1...3 {
                #expect(try await run(program, ["--calls", "1000"]).status == 10)
            }
            #expect(uprof.isRunning)
            uprof.signal(SIGINT)
            let measurement = try Measurement(try await uprof.waitForExit())
            #expect(measurement.uprof.status == 0)
            #expect(try measurement.report.calls == ["counted_call": 3_070])
            #expect(try measurement.report.losses == [:])
        }

        /// The stacks of a process that came and went during the measurement have names too.
        @Test func namesStacksOfProcessesThatStartLater() async throws {
            let directory = try ScratchDirectory()
            let program = try await Self.copy("stacks", to: directory)
            let uprof = try UprofCommand.start([
                "attach", "--json", "--binary", program, "--func", "stack_leaf",
                "--folded", directory.file("out.folded"),
            ])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            let process = try RunningProcess(program, ["--wait"])
            try await process.waitForLine("ready")
            try await Task.sleep(for: .milliseconds(500))
            process.sendLine()
            #expect(try await process.waitForExit().status == 21)
            uprof.signal(SIGINT)
            _ = try await uprof.waitForExit()
            let folded = try directory.text(of: "out.folded")
            #expect(folded.contains("main;stack_a;stack_b;stack_leaf 300\n"))
            #expect(folded.contains("main;stack_a;stack_c;stack_leaf 100\n"))
        }

        @Test func measuresALibraryInAllProcesses() async throws {
            let directory = try ScratchDirectory()
            let library = try await Self.copy("libshared.so", to: directory)
            let program = try await Self.copy("shared-user", to: directory)
            let uprof = try UprofCommand.start([
                "attach", "--json", "--binary", library, "--func", "shared_call",
                "--duration", "30s",
            ])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            for _ in 1...2 { #expect(try await run(program, []).status == 19) }
            uprof.signal(SIGINT)
            let report = try Measurement(try await uprof.waitForExit()).report
            #expect(report.calls == ["shared_call": 2_000])
            #expect(report.functions.map(\.module) == ["libshared.so"])
        }
    }
}
