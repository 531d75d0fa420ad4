import Foundation
import TestSupport
import Testing

/// `uprof flamegraph`.
@Suite struct FlameGraphCommandTests {
    private let lines = "main;b 1\nmain;a 3\n"

    @Test func drawsStandardInputToStandardOutput() async throws {
        let result = try await UprofCommand.run(
            ["flamegraph", "--title", "A & B", "--inverted"], input: lines
        ).check()
        #expect(result.standardOutput.hasPrefix("<?xml"))
        #expect(result.standardOutput.contains("<title>a (3 samples, 75.00%)</title>"))
        #expect(result.standardOutput.contains(">A &amp; B</text>"))
        #expect(result.standardError.isEmpty)
    }

    @Test(arguments: [("f.svg", "<?xml"), ("f.html", "<!DOCTYPE html>")])
    func tellsTheFormatFromTheName(name: String, beginning: String) async throws {
        let directory = try ScratchDirectory()
        let input = try directory.write(lines, to: "in.folded")
        let output = directory.file(name)
        try await UprofCommand.run(["flamegraph", input, "-o", output]).check()
        #expect(try String(contentsOfFile: output, encoding: .utf8).hasPrefix(beginning))
    }

    @Test(arguments: [
        ("", "the standard input is empty"), ("# nothing 5\n\n", "cannot tell the format"),
        ("a -1\n", "cannot tell the format"), ("a;b 0\n", "no stacks in the input"),
    ])
    func writesNoFileWithoutStacks(input: String, message: String) async throws {
        let directory = try ScratchDirectory()
        let output = directory.file("f.svg")
        let result = try await UprofCommand.run(["flamegraph", "-o", output], input: input)
        #expect(result.status == 1)
        #expect(result.standardError.contains(message))
        #expect(!FileManager.default.fileExists(atPath: output))
    }

    private let samples = """
        app 7/8 1.5: 3 cycles:
        \t 10 leaf+0x1 (/bin/app)
        \t 20 main ([kernel.kallsyms])


        """

    @Test(arguments: ["x.pb.gz", "x.json", "x.speedscope.json"])
    func readsProfiles(name: String) async throws {
        let directory = try ScratchDirectory()
        let input = try directory.write(samples, to: "in.perf")
        let profile = directory.file(name)
        try await UprofCommand.run(["convert", input, "-o", profile]).check()
        let expected = try await UprofCommand.run(["flamegraph", input]).check().standardOutput
        #expect(expected.contains("<title>leaf (3 cycles, 100.00%)</title>"))
        let drawn = try await UprofCommand.run(["flamegraph", profile]).check().standardOutput
        #expect(drawn.contains("<title>leaf (3 cycles, 100.00%)</title>"))
        #expect(name == "x.speedscope.json" || drawn == expected)
    }

    @Test func refusesTimeWithoutAnOrder() async throws {
        let result = try await UprofCommand.run(["flamegraph", "--flamechart"], input: samples)
        #expect(result.status == 64)
    }

    @Test func saysWhatItIgnored() async throws {
        let result = try await UprofCommand.run(["flamegraph"], input: lines + "x\ny -1\n").check()
        #expect(result.standardError == "uprof: ignored 2 lines without a count in the input\n")
        let quiet = try await UprofCommand.run(["flamegraph", "-q"], input: lines + "x\n").check()
        #expect(quiet.standardError.isEmpty)
    }

    @Test func keepsColorsInAFile() async throws {
        let directory = try ScratchDirectory()
        let map = try directory.write("a->rgb(1,2,3)\n", to: "colors.map")
        let arguments = ["flamegraph", "--palette", "hot", "--palette-map", map]
        let result = try await UprofCommand.run(arguments, input: lines).check()
        #expect(result.standardOutput.contains("fill=\"rgb(1,2,3)\""))
        let colors = try String(contentsOfFile: map, encoding: .utf8).split(separator: "\n")
        #expect(colors.count == 3 && colors.first == "a->rgb(1,2,3)")
        let new = directory.file("new.map")
        try await UprofCommand.run(["flamegraph", "--palette-map", new], input: lines).check()
        #expect(FileManager.default.fileExists(atPath: new))
    }

    @Test(arguments: [
        ["-o", "f.png"], ["--min-width", "-1"], ["--palette", "nice"], ["--width", "0"],
        ["--factor", "0"], ["--total", "nan"], ["--from", "otlp"],
        ["--format", "html", "--total", "9"], ["--format", "html", "--palette-map", "x"],
    ])
    func refusesWhatMakesNoSense(arguments: [String]) async throws {
        #expect(try await UprofCommand.run(["flamegraph"] + arguments, input: lines).status == 64)
    }

    @Test func namesAFileThatIsNotThere() async throws {
        let result = try await UprofCommand.run(["flamegraph", "/nonexistent"])
        #expect(result.status == 1)
        #expect(result.standardError.hasPrefix("uprof: cannot read /nonexistent: "))
    }
}
