import Foundation
import Glibc
import TestSupport
import Testing

extension Timing {
    /// The counts of others on the same work.
    ///
    /// Both tracers are attached before the work begins, and until after it ends.
    @Suite(.serialized) struct AgreementTests {
        /// Commands of a server, each in one call.
        @Test(
            .enabled(
                if: RedisServer.capability.and(.tool("bpftrace")).and(.tool("funclatency"))
                    .isAvailable,
                "\(RedisServer.capability.and(.tool("bpftrace")).and(.tool("funclatency")).reason)"),
            arguments: OtherTracer.allCases)
        func agreesOnTheCommandsOfRedis(tracer: OtherTracer) async throws {
            let server = try await RedisServer()
            let counts = try await Self.compare(
                "processCommand", of: RedisServer.program(), process: server.process, with: tracer
            ) {
                _ = try await server.benchmark(requests: 5_000).waitForExit()
            }
            #expect(counts.ours >= 10_000)
            #expect(counts.ours == counts.theirs)
        }

        private static let python = "/usr/bin/python3"
        private static let hasPython = FileManager.default.isExecutableFile(atPath: python)

        /// Strings that an interpreter makes, a great many.
        @Test(
            .enabled(
                if: hasPython && Capability.tool("bpftrace").and(.tool("funclatency")).isAvailable,
                "/usr/bin/python3, bpftrace and funclatency"),
            arguments: OtherTracer.allCases)
        func agreesOnTheStringsOfPython(tracer: OtherTracer) async throws {
            let script = """
                import sys
                print('ready', flush=True)
                sys.stdin.readline()
                values = [str(i) + 'x' for i in range(50_000)]
                print('done', flush=True)
                sys.stdin.readline()
                """
            let python = try RunningProcess(Self.python, ["-c", script])
            try await python.waitForLine("ready")
            let program = URL(filePath: Self.python).resolvingSymlinksInPath()
                .path(percentEncoded: false)
            let counts = try await Self.compare(
                "PyUnicode_New", of: program, process: python, with: tracer
            ) {
                python.sendLine()
                try await python.waitForLine("done")
            }
            #expect(counts.ours >= 50_000)
            #expect(counts.ours == counts.theirs)
        }

        /// Counts the calls of one function during some work with both tracers at once.
        private static func compare(
            _ function: String, of program: String, process: RunningProcess,
            with tracer: OtherTracer, during work: () async throws -> Void
        ) async throws -> (ours: Int, theirs: Int?) {
            let other = try await tracer.start(
                function: function, of: program, process: process)
            let module = URL(filePath: program).lastPathComponent
            let uprof = try Attach.start(
                [process], functions: ["\(module):\(function)"], options: ["--json"])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            try await work()
            try await Task.sleep(for: .milliseconds(100))
            uprof.signal(SIGINT)
            let report = try Measurement(try await uprof.waitForExit()).report
            #expect(report.losses == [:])
            return (report.calls[function] ?? 0, try await tracer.count(of: other))
        }
    }
}
