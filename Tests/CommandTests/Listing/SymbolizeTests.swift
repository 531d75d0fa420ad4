import Foundation
import TestSupport
import Testing

/// `uprof symbolize`.
@Suite struct SymbolizeTests {
    /// A program with the chain of `TestTargets/symbols/chain.c`, and the address in it.
    static let program = TestTarget.buildDirectory + "/debug-files/zlib/program"

    private func point() async throws -> String {
        let truth = TestTarget.buildDirectory + "/debug-files/zlib/truth"
        let names = try await run(try #require(Tool.path("nm")), [truth]).check().standardOutput
        let line = names.split(separator: "\n").first { $0.hasSuffix(" chain_point") }
        return String(try #require(line?.split(separator: " ").first))
    }

    /// `chain.c:LINE`, of the lines the source marks with `=> NAME`.
    private func lines() throws -> [Int] {
        let path = TestTarget.packageDirectory + "/TestTargets/symbols/chain.c"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return try ["leaf", "mid", "outer"].map { name in
            try #require(lines.firstIndex { $0.contains("=> \(name) ") }) + 1
        }
    }

    private func symbolize(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) async throws -> CommandResult {
        try await UprofCommand.run(
            ["symbolize"] + arguments, input: input, environment: environment)
    }

    /// Without the directories of source files, which are those of the machine it was built on.
    private func shortened(_ text: String) -> [String] {
        text.split(separator: "\n").map { line in
            guard line.hasPrefix("/"), let slash = line.lastIndex(of: "/") else {
                return String(line)
            }
            return String(line[line.index(after: slash)...])
        }
    }

    @Test func answersAsAddr2lineDoes() async throws {
        let point = try await point()
        let result = try await symbolize(["--exe", Self.program, point, "0x3"]).check()
        let tool = try #require(Tool.path("addr2line"))
        let expected = try await run(tool, ["-afie", Self.program, point, "0x3"]).check()
        #expect(result.standardOutput == expected.standardOutput)
        let line = try lines()[0]
        #expect(
            shortened(result.standardOutput).prefix(3) == ["0x" + point, "leaf", "chain.c:\(line)"])
        #expect(result.standardError.isEmpty)
    }

    @Test func readsAddressesAsTheyCome() async throws {
        let point = try await point()
        let process = try UprofCommand.start(["symbolize", "--exe", Self.program, "--no-inlines"])
        for text in [point, "0x" + point] {
            process.sendLine(text)
            try await process.waitForLine("outer")
        }
        process.closeInput()
        let result = try await process.waitForExit().check()
        #expect(shortened(result.standardOutput).filter { $0 == "outer" }.count == 2)
        let line = try lines()[0]
        #expect(shortened(result.standardOutput).contains("chain.c:\(line)"))
    }

    @Test func saysWhatIsNoAddressAndGoesOn() async throws {
        let point = try await point()
        let result = try await symbolize(
            ["--exe", Self.program, "--no-inlines"], input: "main\n\n\(point)\n")
        #expect(result.status == 1)
        #expect(result.standardError == "uprof: not a hexadecimal address: main\n")
        let lines = shortened(result.standardOutput)
        #expect(lines.prefix(3) == ["main", "??", "??:0"])
        #expect(lines.contains("outer"))
    }

    private struct Answer: Decodable {
        struct Frame: Decodable {
            var function: String?
            var file: String?
            var line: Int?
            var kind: String
            var offset: UInt64?
        }

        var schema: String
        var address: String
        var module: String?
        var file_offset: UInt64?
        var frames: [Frame]
        var reason: String?
        var line_reason: String?
    }

    @Test func printsAnObjectForEachAddress() async throws {
        let point = try await point()
        let result = try await symbolize(
            ["--exe", Self.program, "--json"], input: "\(point)\n0x3\nzz\n")
        let answers = try result.standardOutput.split(separator: "\n").map {
            try JSONDecoder().decode(Answer.self, from: Data($0.utf8))
        }
        #expect(answers.count == 3)
        #expect(answers.allSatisfy { $0.schema == "uprof.symbolize/1" })
        #expect(answers[0].frames.map(\.function) == ["leaf", "mid", "outer"])
        #expect(answers[0].frames.map(\.kind) == ["inlined", "inlined", "function"])
        #expect(answers[0].frames.map(\.line) == (try lines()))
        #expect(answers[0].frames[2].offset ?? 0 > 0)
        #expect(answers[0].module == Self.program)
        #expect(answers[0].file_offset != nil)
        #expect(answers[0].reason == nil)
        #expect(answers[1].frames.isEmpty)
        #expect(answers[1].reason == "not in the code of the image")
        #expect(answers[2].address == "zz")
        #expect(answers[2].reason == "not a hexadecimal address")
    }

    @Test func takesOffsetsInAFile() async throws {
        let answer = try await symbolize(["--exe", Self.program, "--json", try await point()])
        let decoded = try JSONDecoder().decode(Answer.self, from: Data(answer.standardOutput.utf8))
        let offset = String(try #require(decoded.file_offset), radix: 16)
        let result = try await symbolize(["--exe", Self.program, "--file-offsets", offset])
        #expect(shortened(result.standardOutput).contains("leaf"))
    }

    @Test func demanglesIfAsked() async throws {
        let library = "/usr/lib/x86_64-linux-gnu/libstdc++.so.6"
        let tool = try #require(Tool.path("nm"))
        let names = try await run(tool, ["-D", library]).check().standardOutput
        let line = try #require(
            names.split(separator: "\n").first { $0.contains(" T _ZNSt") })
        let address = String(line.prefix(16))
        let mangled = try await symbolize(["--exe", library, "--no-debuginfod", address])
        #expect(mangled.standardOutput.contains("\n_ZN"))
        let plain = try await symbolize(["--exe", library, "--demangle", address])
        #expect(plain.standardOutput.contains("\nstd::"))
    }

    @Test func namesTheAddressesOfAProcess() async throws {
        let process = try await TestTarget("shared-user").startWaiting()
        let maps = try String(contentsOfFile: "/proc/\(process.processID)/maps", encoding: .utf8)
        let line = try #require(
            maps.split(separator: "\n").first { $0.hasSuffix("libshared.so") })
        let start = try #require(UInt64(line.prefix { $0 != "-" }, radix: 16))
        let tool = try #require(Tool.path("nm"))
        let names = try await run(tool, [try TestTarget("libshared.so").path]).check()
        let symbol = try #require(
            names.standardOutput.split(separator: "\n").first { $0.hasSuffix(" shared_call") })
        let value = try #require(UInt64(symbol.prefix { $0 != " " }, radix: 16))
        let result = try await symbolize([
            "--pid", "\(process.processID)", String(start + value, radix: 16), "8", "--verbose",
        ]).check()
        let lines = shortened(result.standardOutput)
        #expect(lines[1] == "shared_call")
        #expect(lines[2].hasPrefix("shared.c:"))
        #expect(lines.suffix(2) == ["??", "??:0"])
        #expect(result.standardError.contains("0x8: no name: not mapped"))
    }

    @Test(.enabled(if: Capability.root.isAvailable, "the kernel shows its addresses to root only"))
    func namesTheAddressesOfTheKernel() async throws {
        let tool = try #require(Tool.path("grep"))
        let line = try await run(tool, ["-m1", " T schedule$", "/proc/kallsyms"]).check()
            .standardOutput
        let address = String(line.prefix(16))
        let result = try await symbolize(["--kernel", address]).check()
        #expect(shortened(result.standardOutput) == ["0x" + address, "schedule", "??:?"])
    }

    @Test(arguments: [
        [], ["--kernel", "--pid", "1"], ["--pid", "0", "1"], ["--kernel", "--file-offsets", "1"],
        ["--exe"],
    ])
    func refusesWhatMakesNoSense(arguments: [String]) async throws {
        let result = try await symbolize(arguments)
        #expect(result.status == 64)
        #expect(result.standardOutput.isEmpty)
    }

    @Test(arguments: [["--exe", "/nowhere"], ["--pid", "999999999"], ["--exe", "/etc/passwd"]])
    func failsWhereThereIsNothing(arguments: [String]) async throws {
        let result = try await symbolize(arguments + ["1"])
        #expect(result.status == 1)
        #expect(result.standardError.hasPrefix("uprof: "))
    }
}
