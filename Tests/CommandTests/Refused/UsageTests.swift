import TestSupport
import Testing

/// Command lines that mean nothing: exit status 64, and the first line says what is wrong.
@Suite struct UsageTests {
    struct Case: CustomTestStringConvertible {
        var arguments: [String]
        var words: [String]

        var testDescription: String { arguments.joined(separator: " ") }

        /// `uprof attach` with options that would do otherwise.
        static func attach(_ arguments: [String], _ words: String...) -> Case {
            Case(arguments: ["attach"] + arguments, words: words)
        }
    }

    static let cases: [Case] = [
        Case(arguments: ["no-such-command"], words: ["no-such-command"]),
        .attach(["--func", "f"], "--pid", "--binary"),
        .attach(["--pid", "1"], "--func"),
        .attach(["--func", "f", "--pid", "1", "--binary", "/bin/sh"], "--pid", "--binary"),
        .attach(["--func", "f", "--pid", "1", "--", "/bin/true"], "--pid"),
        .attach(["--func", "f", "--binary", "/bin/sh", "--", "/bin/true"], "--binary"),
        .attach(["--func", "f", "--pid", "0"], "'0'", "--pid"),
        .attach(["--func", "f", "--pid", "-1"], "--pid"),
        .attach(["--func", "f", "--pid", "abc"], "'abc'", "--pid"),
        .attach(["--func", "f", "--pid", "1,,2"], "'1,,2'", "--pid"),
        .attach(["--func", "f", "--pid", "99999999999"], "'99999999999'", "--pid"),
        .attach(["--func", "f", "--pid", "1", "--duration", "5"], "'5'", "--duration"),
        .attach(["--func", "f", "--pid", "1", "--duration", "0s"], "'0s'", "--duration"),
        .attach(["--func", "f", "--pid", "1", "--duration", "1x"], "'1x'", "--duration"),
        .attach(["--func", "f", "--pid", "1", "--duration", "nans"], "'nans'", "--duration"),
        .attach(["--func", "f", "--pid", "1", "--interval", "tens"], "'tens'", "--interval"),
        .attach(["--func", "f", "--pid", "1", "--slower-than", ""], "--slower-than"),
        .attach(["--func", "f", "--pid", "1", "--max-functions", "0"], "--max-functions"),
        .attach(["--func", "f", "--pid", "1", "--returns", "maybe"], "'maybe'", "--returns"),
        .attach(["--func", "f", "--pid", "1", "--value", "bytes"], "'bytes'", "--value"),
        .attach(["--func", "f", "--pid", "1", "-o", "out.pdf"], "out.pdf", ".folded"),
        .attach(["--func", "f", "--pid", "1", "--quiet", "--verbose"], "--verbose", "--quiet"),
        .attach(["--func", "f", "--pid", "1", "--no-such-option"], "--no-such-option"),
        .attach(["--func", "", "--pid", "1"], "name"),
        .attach(["--func", "/[/", "--pid", "1"], "/[/"),
        .attach(["--func", "libc:", "--pid", "1"], "libc:"),
        .attach(["--func", "usdt:libc:x", "--pid", "1"], "usdt"),
        Case(arguments: ["functions"], words: ["--pid", "--binary"]),
        Case(arguments: ["functions", "--binary", "/bin/sh", "/[/"], words: ["/[/"]),
        Case(arguments: ["doctor", "please"], words: ["please"]),
    ]

    @Test(arguments: cases)
    func refusesACommandLine(_ usage: Case) async throws {
        let result = try await UprofCommand.run(usage.arguments)
        #expect(result.status == 64)
        #expect(result.standardOutput.isEmpty)
        let line = try #require(result.standardError.split(separator: "\n").first)
        for word in usage.words { #expect(line.contains(word)) }
    }
}
