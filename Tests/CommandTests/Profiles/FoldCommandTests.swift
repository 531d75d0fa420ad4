import TestSupport
import Testing

/// `uprof fold`.
@Suite struct FoldCommandTests {
    private static let perf = """
        java 24/25 2.0: 5 cycles:
        \t7f12 f+0x1a (/bin/x)
        \t7f13 main (/bin/x)

        java 24/25 2.1: 7 cycles:
        \t7f14 [unknown] (/lib/y.so)

        """

    @Test func readsStandardInput() async throws {
        let result = try await UprofCommand.run(["fold"], input: Self.perf)
        #expect(result.status == 0)
        #expect(result.standardOutput == "java;[y.so] 7\njava;main;f 5\n")
        #expect(result.standardError.isEmpty)
    }

    @Test func takesTheOptionsOfStackcollapse() async throws {
        let result = try await UprofCommand.run(
            ["fold", "--tid", "--addrs", "--event-filter", "cycles", "-"], input: Self.perf)
        #expect(result.standardOutput == "java-24/25;[y.so <7f14>] 7\njava-24/25;main;f 5\n")
    }

    @Test func showsInlinedFunctions() async throws {
        let directory = try ScratchDirectory()
        let source = try directory.write(
            """
            static inline __attribute__((always_inline)) int inner(volatile int *p) { return *p * 3; }
            __attribute__((noinline)) int outer(volatile int *p) { return inner(p) + 1; }
            int main(void) { volatile int x = 3; return outer(&x); }
            """, to: "a.c")
        let program = directory.file("a")
        try await run(
            try #require(Tool.path("g++")), ["-x", "c", "-O2", "-g", source, "-o", program]
        ).check()
        let text = "prog 7 2.0: 5 cycles:\n\t55d012 outer+0x1 (\(program))\n\t5 main (/none)\n\n"
        let result = try await UprofCommand.run(["fold", "--inline"], input: text)
        #expect(result.standardOutput == "prog;main;outer;inner 5\n")
    }

    @Test func tellsWhatIsMissing() async throws {
        let directory = try ScratchDirectory()
        let empty = try directory.write("", to: "empty")
        for (arguments, message) in [
            ([empty], "uprof: \(empty) is empty; give it a profile\n"),
            (
                ["/does/not/exist"],
                "uprof: cannot read /does/not/exist: No such file or directory\n"
            ),
            ([directory.path], "uprof: cannot read \(directory.path): Is a directory\n"),
        ] {
            let result = try await UprofCommand.run(["fold"] + arguments)
            #expect(result.status == 1)
            #expect(result.standardError == message)
            #expect(result.standardOutput.isEmpty)
        }
    }

    @Test func refusesFormatsThatAreOnlyWritten() async throws {
        let result = try await UprofCommand.run(["fold", "--from", "csv"], input: "x")
        #expect(result.status == 64)
        #expect(result.standardError.contains("cannot read csv; --from takes one of folded, perf"))
    }

    @Test(.enabled(if: Capability.tool("perf").isAvailable, "perf is not installed"))
    func readsWhatPerfRecords() async throws {
        let directory = try ScratchDirectory()
        let data = directory.file("perf.data")
        let perf = try #require(Tool.path("perf"))
        let loop = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"
        try await run(
            perf, ["record", "-e", "cpu-clock", "-F", "499", "-g", "-o", data, "sh", "-c", loop]
        ).check()
        let script = try await run(perf, ["script", "-i", data]).check().standardOutput
        let result = try await UprofCommand.run(["fold"], input: script)
        #expect(result.status == 0)
        #expect(result.standardError.isEmpty)
        // Every sample of cpu-clock has the same period.
        let headers = script.split(separator: "\n").filter { $0.contains("cpu-clock") }
        let periods = headers.compactMap { line in
            line.split(separator: " ").dropLast().last.flatMap { UInt64($0) }
        }
        let lines = result.standardOutput.split(separator: "\n")
        let values = lines.compactMap { $0.split(separator: " ").last.flatMap { UInt64($0) } }
        #expect(!values.isEmpty)
        #expect(values.reduce(0, +) == periods.reduce(0, +))
        let refused = try await UprofCommand.run(["fold", data])
        #expect(refused.standardError.contains("give the output of perf script"))
    }
}
