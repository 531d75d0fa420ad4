import Packager
import Testing

/// The options of bundles with objects of others.
@Suite struct ObjectArgumentsTests {
    private static func parameter(
        _ name: String, _ kind: ManifestParameter.Kind, _ initial: ParameterValue?,
        help: String = "Says it."
    ) -> ManifestParameter {
        ManifestParameter(
            name: name, kind: kind, initial: initial, help: help, destination: .variable(name))
    }

    private static let manifest = ObjectManifest(
        programs: [], maps: [],
        parameters: [
            parameter("file", .string, nil), parameter("count", .integer, .number(3)),
            parameter("slow", .boolean, .number(0)), parameter("fast", .boolean, .number(1)),
            parameter("wait", .duration, .number(5)), parameter("pid", .process, .number(0)),
        ])

    private func read(_ words: String) throws -> ObjectArguments {
        try ObjectArguments(
            words.split(separator: " ").map(String.init), for: Self.manifest)
    }

    @Test func `has what the manifest says, where the user says nothing`() throws {
        let arguments = try read("--file a")
        #expect(
            arguments.values == [
                "file": .text("a"), "count": .number(3), "slow": .number(0), "fast": .number(1),
                "wait": .number(5), "pid": .number(0),
            ])
        #expect(arguments.durationNanoseconds == nil)
        #expect(arguments.output == nil)
        #expect(!arguments.isJSON)
        #expect(!arguments.isQuiet)
    }

    @Test(
        arguments: [
            ("--file=a=b", "file", .text("a=b")), ("--file -x", "file", .text("-x")),
            ("--file a --count -7", "count", .number(-7)),
            ("--file a --count=0x1f", "count", .number(31)),
            ("--file a --slow", "slow", .number(1)), ("--file a --no-fast", "fast", .number(0)),
            ("--file a --slow --no-slow", "slow", .number(0)),
            ("--file a --wait 1.5ms", "wait", .number(1_500_000)),
            ("--file a --pid 42", "pid", .number(42)), ("--file a --file b", "file", .text("b")),
        ] as [(String, String, ParameterValue)])
    func `takes what the user says`(words: String, name: String, value: ParameterValue) throws {
        #expect(try read(words).values[name] == value)
    }

    @Test func `takes what every bundle has`() throws {
        let arguments = try read("--file a --duration 2s -o out.json --json -q")
        #expect(arguments.durationNanoseconds == 2_000_000_000)
        #expect(arguments.output == "out.json")
        #expect(arguments.isJSON)
        #expect(arguments.isQuiet)
    }

    @Test(arguments: [
        ("", "missing option --file"), ("--file", "--file needs a value"),
        ("--file a --count x", "--count: x is no integer"),
        ("--file a --count 9223372036854775808", "is no integer"),
        ("--file a --wait 5", "--wait: 5 is no length of time"),
        ("--file a --pid 0", "--pid: 0 is no process id"), ("--file a b", "unknown option b"),
        ("--file a --what", "unknown option --what"),
        ("--file a --slow=1", "--slow takes no value"),
        ("--file a --no-count", "unknown option --no-count"), ("--file a -q=1", "unknown option"),
        ("--file a --duration 0s", "--duration: 0s is no length of time"),
    ])
    func `says what is wrong`(words: String, problem: String) throws {
        let error = try #require(throws: ObjectArguments.Fault.self) { try read(words) }
        #expect(error.description.contains(problem))
    }

    @Test func `explains each option`() {
        let help = ObjectHelp(Self.manifest)
        #expect(help.usage == "--file <text> [options]")
        #expect(
            help.text.hasPrefix(
                """
                  --file <text>           Says it. (required)
                  --count <number>        Says it. (default: 3)
                  --slow                  Says it.
                  --no-fast               Says it.
                  --wait <time>           Says it. (default: 5ns)
                  --pid <pid>             Says it.
                  --duration <time>       How long to run: 10s, 250ms; until Ctrl-C without it.

                """))
    }

    @Test func `breaks long lines`() {
        let words = Array(repeating: "word", count: 30).joined(separator: " ")
        let manifest = ObjectManifest(
            programs: [], maps: [],
            parameters: [Self.parameter("a-very-long-name-of-one", .integer, nil, help: words)])
        let lines = ObjectHelp(manifest).text.split(separator: "\n")
        #expect(lines[0] == "  --a-very-long-name-of-one <number>")
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines[1].hasPrefix(String(repeating: " ", count: 26) + "word word"))
    }
}
