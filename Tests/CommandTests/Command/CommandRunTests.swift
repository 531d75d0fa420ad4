import Glibc
import TestSupport
import Testing

extension Attaching {
    /// `-- CMD`: the command runs as if uprof were not there.
    @Suite(.serialized) struct CommandRunTests {
        private static func attach(
            _ arguments: [String], functions: [String] = ["late_call"], input: String = ""
        ) async throws -> Measurement {
            try await Attach.command(
                [TestTarget("cli-child").path] + arguments, functions: functions, input: input)
        }

        /// Probes are in before the first instruction, so that constructors count.
        @Test func countsCallsOfConstructors() async throws {
            let measurement = try await Self.attach(
                [], functions: ["early_call", "early_library_call", "late_call"])
            let report = try measurement.report
            #expect(
                report.calls == ["early_call": 3, "early_library_call": 5, "late_call": 1])
            #expect(report.losses == [:])
        }

        /// The C library's functions too, from the first call of the first constructor.
        @Test func countsCallsOfTheLibrariesBeforeMain() async throws {
            let measurement = try await Self.attach([], functions: ["libc:malloc"])
            #expect(try measurement.report.calls["malloc", default: 0] >= 5)
        }

        @Test func passesArgumentsThrough() async throws {
            let measurement = try await Self.attach(["--status", "3", "--func", "", "a b", "*"])
            let lines = measurement.commandOutput.split(separator: "\n").dropFirst()
            #expect(
                lines.prefix(6) == [
                    "argv[1]=--status", "argv[2]=3", "argv[3]=--func", "argv[4]=", "argv[5]=a b",
                    "argv[6]=*",
                ])
            #expect(measurement.uprof.status == 3)
        }

        @Test func passesStandardInputAndErrorThrough() async throws {
            let text = (1...2_000).map { "line \($0)\n" }.joined()
            let measurement = try await Self.attach(
                ["--stdin", "--stderr", "a complaint"], input: text)
            #expect(measurement.commandOutput.contains(text))
            #expect(measurement.uprof.standardError.contains("a complaint\n"))
        }

        @Test(arguments: [Int32(0), 1, 64, 77, 255])
        func endsWithTheExitStatusOfTheCommand(status: Int32) async throws {
            let measurement = try await Self.attach(["--status", "\(status)"])
            #expect(measurement.uprof.termination == .exited(status))
            #expect(try measurement.report.calls == ["late_call": 1])
        }

        @Test(arguments: [SIGTERM, SIGKILL, SIGSEGV, SIGINT, SIGUSR1])
        func endsByTheSignalThatEndedTheCommand(signal: Int32) async throws {
            let measurement = try await Self.attach(["--signal", "\(signal)"])
            #expect(measurement.uprof.termination == .signaled(signal))
            #expect(try measurement.report.calls == ["late_call": 1])
        }

        /// A program is looked up in PATH, like a shell does.
        @Test func findsTheCommandInPath() async throws {
            let result = try await UprofCommand.run(
                ["attach", "--json", "--func", "late_call", "--", "cli-child", "--status", "5"],
                environment: ["PATH": TestTarget.buildDirectory])
            #expect(result.status == 5)
            #expect(try Measurement(result).report.calls == ["late_call": 1])
        }

        /// Nothing of uprof is left in the command: no tracer, no blocked or ignored signal, no
        /// descriptor beyond the standard streams.
        @Test func leavesNoTraceInTheCommand() async throws {
            let script = """
                grep -E '^(TracerPid|SigBlk|SigIgn):' /proc/self/status; ls /proc/self/fd | wc -l
                """
            let alone = try await run("/bin/sh", ["-c", script])
            let measurement = try await Attach.command(
                ["/bin/sh", "-c", script], functions: ["libc:malloc"])
            #expect(measurement.commandOutput == alone.standardOutput)
            #expect(measurement.commandOutput.contains("TracerPid:\t0"))
        }

        struct Unusable: CustomTestStringConvertible {
            var command: String
            var complaint: String

            var testDescription: String { command }
        }

        @Test(arguments: [
            Unusable(command: "no-such-command", complaint: "No such file or directory"),
            Unusable(command: "/no/such/command", complaint: "No such file or directory"),
            Unusable(command: "/etc/passwd", complaint: "Permission denied"),
            Unusable(command: "/tmp", complaint: "Permission denied"),
        ])
        func saysWhyACommandCannotBeStarted(_ unusable: Unusable) async throws {
            let result = try await UprofCommand.run([
                "attach", "--func", "main", "--", unusable.command,
            ])
            #expect(result.status == 1)
            #expect(result.standardOutput.isEmpty)
            #expect(result.standardError.split(separator: "\n").count == 1)
            #expect(result.standardError.hasPrefix("uprof: cannot start \(unusable.command): "))
            #expect(result.standardError.contains(unusable.complaint))
        }
    }
}
