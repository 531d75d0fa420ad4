import TestSupport
import Testing

/// `uprof convert`.
@Suite struct ConvertCommandTests {
    private static let folded = "main;a 3\nmain;b;c 4\n"

    @Test(
        "and fold give the same stacks in every format",
        arguments: ["p.folded", "p.pb.gz", "p.pb", "p.pprof", "p.speedscope.json", "p.json"])
    func roundTrip(name: String) async throws {
        let directory = try ScratchDirectory()
        let path = directory.file(name)
        let result = try await UprofCommand.run(["convert", "-", "-o", path], input: Self.folded)
        #expect(result.status == 0, "\(result)")
        let again = try await UprofCommand.run(["fold", path])
        #expect(again.standardOutput == Self.folded)
    }

    @Test func writesSeveralFilesAtOnce() async throws {
        let directory = try ScratchDirectory()
        let names = ["a.csv", "a.otlp", "a.otlp.json", "a.perf", "a.svg"]
        let outputs = names.flatMap { ["-o", directory.file($0)] }
        let result = try await UprofCommand.run(["convert", "-"] + outputs, input: Self.folded)
        #expect(result.status == 0, "\(result)")
        #expect(try directory.names() == names)
        #expect(try directory.text(of: "a.csv").hasPrefix("function,module,self_samples"))
        #expect(try directory.text(of: "a.svg").contains("<title>c (4 samples, 57.14%)</title>"))
    }

    @Test func takesAFormatWhereTheNameTellsNone() async throws {
        let result = try await UprofCommand.run(
            ["convert", "-", "--to", "csv", "-o", "-"], input: Self.folded)
        #expect(
            result.standardOutput.hasPrefix("function,module,self_samples,total_samples\r\nc,,4,4"))
    }

    @Test func choosesAmongKindsOfValues() async throws {
        let json = """
            {"schema": "uprof.profile/1", "values": [{"name": "samples", "measure": "count"},
             {"name": "cpu", "measure": "nanoseconds"}], "frames": [{"function": "f"}],
             "samples": [{"stack": [0], "values": [2, 7]}]}
            """
        let arguments = ["convert", "-", "--to", "folded", "-o", "-", "--value"]
        let result = try await UprofCommand.run(arguments + ["cpu"], input: json)
        #expect(result.standardOutput == "f 7\n")
        let other = try await UprofCommand.run(arguments + ["wall"], input: json)
        #expect(other.status == 1)
        #expect(
            other.standardError
                == "uprof: the standard input has no values of wall, but samples, cpu\n")
    }

    @Test func leavesNothingBehindWhenItFails() async throws {
        let directory = try ScratchDirectory()
        let path = directory.file("out.pb.gz")
        let result = try await UprofCommand.run(["convert", "-", "-o", path], input: "# nothing\n")
        #expect(result.status == 1)
        #expect(try directory.names().isEmpty)
    }

    @Test func refusesNamesThatTellNoFormat() async throws {
        let result = try await UprofCommand.run(["convert", "-", "-o", "x.doc"], input: "a 1\n")
        #expect(result.status == 64)
        #expect(result.standardError.contains("cannot tell a format from x.doc; end it in .svg"))
        let read = try await UprofCommand.run(["convert", "-", "--to", "dtrace", "-o", "x"])
        #expect(read.status == 64)
    }
}
