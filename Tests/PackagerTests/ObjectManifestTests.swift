import Foundation
import Packager
import TestSupport
import Testing

/// What a manifest says of an object of others, and what is refused.
@Suite struct ObjectManifestTests {
    /// As short as one can be.
    static let smallest = """
        format = 1
        name = "small"
        version = "1"
        summary = "Little"
        [run]
        command = "object"
        [[programs]]
        name = "first"
        attach = "tracepoint:a/b"

        """

    private func parse(_ text: String) throws -> ObjectManifest {
        let manifest = try Manifest(parsing: Array(text.utf8).span.bytes, file: "my.toml")
        return try #require(manifest.object)
    }

    static func example(_ name: String) throws -> String {
        let path = TestTarget.packageDirectory + "/bpf/examples/\(name).toml"
        return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    @Test func `reads all there is`() throws {
        let manifest = try parse(
            Self.smallest + """
                required = false
                [[programs]]
                name = "second"
                attach = ["uprobe:{file}:f::g", "kprobe:do_{what}", "sample:99"]
                unless = "first"
                [[maps]]
                name = "m"
                print = "table"
                limit = 3
                columns = [{ field = "f", format = "duration" }]
                [[maps]]
                name = "e"
                print = "events"
                title = "Events"
                event = "struct e"
                [[parameters]]
                name = "file"
                type = "string"
                help = "A file."
                [[parameters]]
                name = "what"
                type = "string"
                default = "it"
                help = "What."
                variable = "v"
                [[parameters]]
                name = "wait"
                type = "duration"
                default = "10ms"
                help = "How long."
                map = "m"
                field = "f"
                """)
        #expect(manifest.programs.map(\.name) == ["first", "second"])
        #expect(manifest.programs.map(\.isRequired) == [false, true])
        #expect(manifest.programs[1].alternativeTo == "first")
        let places = manifest.programs[1].places
        #expect(places.map(\.kind) == [.function, .kernelFunction, .sample])
        #expect(places.map(\.placeholders) == [["file"], ["what"], []])
        #expect(places[0].name == "f::g")
        #expect(manifest.maps.map(\.style) == [.table, .events])
        #expect(manifest.maps.map(\.title) == ["m", "Events"])
        #expect(manifest.maps[0].limit == 3)
        #expect(
            manifest.maps[0].columns == [.init(field: "f", title: "f", format: .duration)])
        #expect(manifest.maps[1].event == "struct e")
        #expect(manifest.parameters.map(\.initial) == [nil, .text("it"), .number(10_000_000)])
        #expect(
            manifest.parameters.map(\.destination)
                == [nil, .variable("v"), .map("m", field: "f")])
    }

    @Test(arguments: ["execsnoop", "opensnoop", "funclatency"])
    func `understands the examples`(name: String) throws {
        #expect(try parse(Self.example(name)).programs.isEmpty == false)
    }

    @Test(arguments: [
        ("programs", "[[program]]\nname = \"a\"", "program means nothing"),
        ("a place", "attach = \"a:b\"", "line"),
        (
            "no place", "[[programs]]\nname = \"b\"\nattach = []",
            "programs[1].attach is to name a place"
        ),
        (
            "not a place", "[[programs]]\nname = \"b\"\nattach = \"a:b\"",
            "programs[1].attach \"a:b\" is none of"
        ),
        ("no name", "[[programs]]\nattach = \"kprobe:f\"", "programs[1].name is to be a string"),
        (
            "number", "[[programs]]\nname = \"b\"\nattach = 5",
            "programs[1].attach is to be a string or"
        ),
        ("word", "required = 1", "programs[0].required is to be true or false"),
        ("unknown", "wanted = true", "programs[0].wanted means nothing"),
        (
            "same", "[[programs]]\nname = \"first\"\nattach = \"kprobe:f\"",
            "programs[1].name: first is there already"
        ),
        ("later", "unless = \"other\"", "programs[0].unless: no program before it"),
        (
            "required", "[[programs]]\nname = \"b\"\nattach = \"kprobe:f\"\nunless = \"first\"",
            "first is required; say required = false there"
        ),
        ("braces", "[[programs]]\nname = \"b\"\nattach = \"kprobe:{f\"", "is none of"),
        (
            "unknown parameter", "[[programs]]\nname = \"b\"\nattach = \"kprobe:{f}\"",
            "programs[1].attach: there is no parameter f"
        ),
        (
            "style", "[[maps]]\nname = \"m\"\nprint = \"bars\"",
            "maps[0].print is \"bars\", not one of table, histogram, events, losses"
        ),
        ("event", "[[maps]]\nname = \"m\"\nprint = \"events\"", "maps[0].event is to be a string"),
        (
            "losses", "[[maps]]\nname = \"m\"\nprint = \"events\"\nevent = \"e\"\nlost = \"m\"",
            "maps[0].lost: no map m is printed as losses"
        ),
        (
            "no event", "[[maps]]\nname = \"m\"\nprint = \"table\"\nevent = \"e\"",
            "maps[0].event means nothing"
        ),
        (
            "limit", "[[maps]]\nname = \"m\"\nprint = \"table\"\nlimit = 0",
            "maps[0].limit is to be between 1 and"
        ),
        (
            "format",
            "[[maps]]\nname = \"m\"\nprint = \"table\"\ncolumns = [{field = \"a\", format = \"b\"}]",
            "maps[0].columns[0].format is \"b\", not one of"
        ),
        (
            "columns", "[[maps]]\nname = \"m\"\nprint = \"table\"\ncolumns = 1",
            "maps[0].columns is to be an array of tables"
        ),
        (
            "option", "[[parameters]]\nname = \"output\"\ntype = \"string\"\nhelp = \"\"",
            "parameters[0].name output is an option of every bundle"
        ),
        (
            "capital", "[[parameters]]\nname = \"A\"\ntype = \"string\"\nhelp = \"\"",
            "parameters[0].name A is to have lowercase"
        ),
        (
            "type", "[[parameters]]\nname = \"a\"\ntype = \"float\"\nhelp = \"\"",
            "parameters[0].type is \"float\", not one of integer, boolean"
        ),
        (
            "default",
            "[[parameters]]\nname = \"a\"\ntype = \"integer\"\ndefault = \"1\"\nhelp = \"\"",
            "parameters[0].default is to be an integer"
        ),
        (
            "time",
            "[[parameters]]\nname = \"a\"\ntype = \"duration\"\ndefault = \"1\"\nhelp = \"\"",
            "parameters[0].default \"1\" is no length of time"
        ),
        (
            "two",
            "[[parameters]]\nname = \"a\"\ntype = \"integer\"\nhelp = \"\"\nvariable = \"v\"\nmap = \"m\"",
            "parameters[0].map excludes variable"
        ),
        (
            "nowhere", "[[parameters]]\nname = \"a\"\ntype = \"integer\"\nhelp = \"\"",
            "parameters[0] goes nowhere"
        ),
        (
            "pid", "[[parameters]]\nname = \"a\"\ntype = \"pid\"\ndefault = 1\nhelp = \"\"",
            "parameters[0].default means nothing"
        ),
    ])
    func `says what is wrong, and where`(case: String, added: String, problem: String) throws {
        let error = try #require(throws: ManifestError.self) {
            try parse(Self.smallest + added)
        }
        #expect(error.description.hasPrefix("my.toml: its manifest: "))
        #expect(error.description.contains(problem), "\(error)")
    }

    @Test func `wants programs, and no arguments`() throws {
        let lines = Self.smallest.split(separator: "\n")
        let head = lines.prefix(6).joined(separator: "\n")
        let error = try #require(throws: ManifestError.self) { try parse(head) }
        #expect(error.description.contains("programs are to be named"))
        let other = try #require(throws: ManifestError.self) {
            try parse(Self.smallest.replacing("\"object\"", with: "\"object\"\narguments = []"))
        }
        #expect(other.description.contains("run.arguments means nothing"))
    }

    @Test(
        arguments: [
            ("uprobe:{file}:{function}", "uprobe:/a:b:c"),
            ("tracepoint:{file}/x", "tracepoint:/a:b/x"),
            ("sample:{rate}", nil), ("kprobe:{function}", "kprobe:c"), ("kprobe:{empty}", nil),
            ("kprobe:{control}", nil),
        ] as [(String, String?)])
    func `places take what the user gives`(text: String, filled: String?) throws {
        let values = [
            "file": "/a:b", "function": "c", "rate": "0", "empty": "", "control": "a\nb",
        ]
        let place = try #require(AttachPoint(text))
        #expect(place.filled(with: values)?.description == filled)
    }

    /// Cut off, or with changed bytes: an error or another manifest, never the end of the program.
    @Test(arguments: ["execsnoop", "opensnoop", "funclatency"])
    func `survives any text`(name: String) throws {
        let bytes = Array(try Self.example(name).utf8)
        for count in bytes.indices {
            _ = try? Manifest(parsing: Array(bytes[..<count]).span.bytes, file: "my.toml")
        }
        var generator = SeededGenerator(seed: 12)
        for round in 0..<2_000 {
            var changed = bytes
            let place = Int.random(in: changed.indices, using: &generator)
            if round.isMultiple(of: 2) {
                changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            } else {
                let end = min(place + Int.random(in: 1..<40, using: &generator), changed.count)
                changed.removeSubrange(place..<end)
            }
            let manifest = try? Manifest(parsing: changed.span.bytes, file: "my.toml")
            if let object = manifest?.object { _ = ObjectHelp(object).text }
        }
    }
}
