import Foundation
import TestSupport
import Testing

/// `uprof diff`.
@Suite struct DiffCommandTests {
    private func files() throws -> (directory: ScratchDirectory, paths: [String]) {
        let directory = try ScratchDirectory()
        let before = try directory.write("a;b 3\na;0x1 1\n", to: "before.folded")
        let after = try directory.write("a;b 1\na;0x2 1\n", to: "after.folded")
        return (directory, [before, after])
    }

    @Test func printsBothCounts() async throws {
        let files = try files()
        let result = try await UprofCommand.run(["diff"] + files.paths).check()
        #expect(result.standardOutput == "a;0x1 1 0\na;0x2 0 1\na;b 3 1\n")
        let same = try await UprofCommand.run(["diff", "-n", "-s"] + files.paths).check()
        #expect(same.standardOutput == "a;0x... 0 1\na;b 1 1\n")
    }

    @Test(arguments: ["d.svg", "d.html", "d.folded"])
    func writesAFile(name: String) async throws {
        let files = try files()
        let output = files.directory.file(name)
        try await UprofCommand.run(["diff"] + files.paths + ["-o", output]).check()
        let text = try String(contentsOfFile: output, encoding: .utf8)
        #expect(text.contains(name == "d.folded" ? "a;b 3 1" : "Differential Flame Graph"))
    }

    @Test func countsWhatTheFilesCount() async throws {
        let files = try files()
        let svg = try await UprofCommand.run(["diff", "--format", "svg"] + files.paths).check()
        #expect(svg.standardOutput.contains("<title>b (1 samples, 50.00%; -100.00%)</title>"))
    }

    @Test func goesIntoAFlameGraphByAPipe() async throws {
        let files = try files()
        let lines = try await UprofCommand.run(["diff"] + files.paths).check().standardOutput
        let svg = try await UprofCommand.run(["flamegraph"], input: lines).check().standardOutput
        #expect(svg.contains("<title>b (1 samples, 50.00%; -100.00%)</title>"))
        #expect(svg.contains("url(#gone)"))
    }

    @Test func refusesWhatMakesNoSense() async throws {
        #expect(try await UprofCommand.run(["diff", "-", "-"]).status == 64)
        #expect(try await UprofCommand.run(["diff", "a", "b", "-o", "c.png"]).status == 64)
        let directory = try ScratchDirectory()
        let empty = try directory.write("", to: "empty.folded")
        let result = try await UprofCommand.run(["diff", empty, empty])
        #expect(result.status == 1)
        #expect(result.standardError.contains("\(empty) is empty"))
        #expect(
            try await UprofCommand.run(["diff", "a", "b", "-o", "c.html", "--width", "9"]).status
                == 64)
    }

    @Test func readsWhatFoldReads() async throws {
        let files = try files()
        let profile = files.directory.file("after.pb.gz")
        try await UprofCommand.run(["convert", files.paths[1], "-o", profile]).check()
        let result = try await UprofCommand.run(["diff", files.paths[0], profile]).check()
        #expect(result.standardOutput == "a;0x1 1 0\na;0x2 0 1\na;b 3 1\n")
    }
}
