import Glibc
import TestSupport
import Testing

extension Sampling {
    /// Stacks as perf sees them (`--call-graph dwarf`) in the same seconds of the same process.
    ///
    /// The two take different samples, and of programs with deep stacks hardly two samples are the
    /// same. So each stack is compared from the root down, as far as it was seen often: in so many
    /// samples of one of both that the other one meets it with a probability of more than 0.99999.
    /// The calls that stacks consist of are compared too, as they are at any depth. That the same
    /// samples have the same frames, to the leaf, is in `PerfUnwindingTests`.
    @Suite(.serialized, .enabled(if: Capability.tool("perf").isAvailable))
    struct PerfAgreementTests {
        /// A program that works until it is killed.
        struct Work: CustomTestStringConvertible, Sendable {
            var program: String
            var arguments: [String]

            var testDescription: String { program }
        }

        private static let python = """
            import json, re
            d = {str(i): list(range(20)) for i in range(3000)}
            while True:
                json.loads(json.dumps(d)); re.sub('a+', 'b', 'caat' * 20000)
                sorted(str(x) for x in range(20000))
            """

        /// A function after the other, without end.
        private static let source = """
            i=0; while printf 'int f%d(int a, int *b) { int s = 0; for (int k = 0; k < a; k++) {
            switch (k %% 7) { case 0: s += b[k] * %d; break; case 1: s -= k / 3; break;
            case 2: for (int j = 0; j < 9; j++) s ^= b[j]; break; default: s += 1.5 * k; } }
            return s; }\n' $i $i; do i=$((i + 1)); done |
            exec "$(gcc -print-prog-name=cc1)" -quiet -O2 - -o /dev/null
            """

        static let works = [
            Work(program: "python3", arguments: ["-c", python]),
            Work(program: "xz", arguments: ["-6", "-c", "/dev/urandom"]),
            Work(program: "gzip", arguments: ["-9", "-c", "/dev/urandom"]),
        ].filter { Tool.path($0.program) != nil }

        @Test(arguments: works)
        func seesTheSameStacks(work: Work) async throws {
            // Debian's, of which there may be wrappers in PATH.
            let path = "/usr/bin/\(work.program)"
            let process = try RunningProcess(
                "/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null", path] + work.arguments)
            defer { process.signal(9) }
            try await Task.sleep(for: .seconds(2))
            try await Self.compare(process.processID)
        }

        /// A compiler, whose stacks are deep and hardly ever the same twice.
        @Test(.enabled(if: Capability.tool("gcc").isAvailable))
        func seesTheSameStacksInACompiler() async throws {
            let shell = try RunningProcess("/bin/sh", ["-c", Self.source])
            defer { shell.signal(9) }
            try await Task.sleep(for: .seconds(2))
            let found = try await run("/bin/sh", ["-c", "pgrep -n -x cc1"])
            let compiler = try #require(Int32(found.standardOutput.dropLast()))
            try await Self.compare(compiler)
            kill(compiler, SIGKILL)
        }

        @Test(.enabled(if: RedisServer.capability.isAvailable))
        func seesTheSameStacksInAServer() async throws {
            let server = try await RedisServer()
            let load = try server.benchmark(requests: 50_000_000)
            defer { load.signal(9) }
            try await Task.sleep(for: .seconds(1))
            try await Self.compare(server.process.processID)
        }

        /// Records a process by both at once.
        private static func compare(_ process: Int32) async throws {
            let directory = try ScratchDirectory()
            // perf's default of 8192 bytes of the stack loses the roots of deep ones.
            async let perf = run(
                try #require(Tool.path("perf")),
                [
                    "record", "-q", "-F", "199", "-e", "cpu-clock", "--call-graph", "dwarf,65528",
                    "-o", directory.file("perf.data"), "-p", "\(process)", "--", "sleep", "4",
                ])
            let uprof = try await UprofCommand.run([
                "record", "--freq", "199", "--no-kernel", "--no-inlines", "--pid", "\(process)",
                "--duration", "4s", "-o", directory.file("out.folded"),
            ])
            _ = try await perf
            let script = try await run(
                try #require(Tool.path("perf")),
                [
                    "script", "-i", directory.file("perf.data"), "-F", "ip,sym", "--no-inline",
                    "--max-stack", "512",
                ], within: .seconds(120))
            let seen = NamedStack.stacks(ofScript: script.standardOutput)
            let recorded = NamedStack.whole(
                try Recording.stacks(of: try directory.text(of: "out.folded")))
            Self.expectSamePaths(recorded, seen, "\(uprof)")
            Self.expectSameCalls(recorded, seen, "\(uprof)")
        }

        private static func expectSamePaths(
            _ own: [NamedStack], _ other: [NamedStack], _ comment: Comment
        ) {
            let paths = (CallPaths(own), CallPaths(other))
            for (one, another) in [paths, (paths.1, paths.0)] {
                let comparison = one.compared(with: another)
                #expect(comparison.samples > 100, comment)
                // Most of the frames, else it would say little.
                #expect(2 * comparison.comparedFrames >= comparison.frames, "\(comparison)")
                #expect(100 * comparison.agreeing >= 99 * comparison.samples, "\(comparison)")
            }
        }

        private static func expectSameCalls(
            _ own: [NamedStack], _ other: [NamedStack], _ comment: Comment
        ) {
            let calls = (Calls(own), Calls(other))
            for (seen, known) in [calls, (calls.1, calls.0)] {
                let missing = seen.often.filter { !known.contains($0.key) }
                let often = seen.often.values.reduce(0, +)
                let differing = missing.values.reduce(0, +)
                #expect(often > 100, comment)
                #expect(
                    100 * differing <= often,
                    "\(differing) of \(often): \(missing.prefix(12))\n\(comment)")
            }
        }
    }
}
