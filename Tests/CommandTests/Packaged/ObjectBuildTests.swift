import Foundation
import TestSupport
import Testing

/// Objects of others and their manifests, as those meet `uprof package build` who write them.
@Suite(.enabled(if: PackagedUprof.capability.isAvailable, "\(PackagedUprof.capability.reason)"))
struct ObjectBuildTests {
    private let scratch: ScratchDirectory

    init() throws {
        scratch = try ScratchDirectory()
    }

    private static let object = "\(TestTarget.buildDirectory)/btf/values.bpf.o"

    private static let manifest = """
        format = 1
        name = "values"
        version = "1"
        summary = "Shows values"
        [run]
        command = "object"
        [[programs]]
        name = "traced"
        attach = "tracepoint:sched/sched_switch"

        """

    /// One line of a table of a kind.
    private static func map(_ name: String, _ style: String, _ more: String = "") -> String {
        "[[maps]]\nname = \"\(name)\"\nprint = \"\(style)\"\n\(more)\n"
    }

    private static func parameter(_ type: String, _ place: String, _ more: String = "") -> String {
        "[[parameters]]\nname = \"p\"\ntype = \"\(type)\"\nhelp = \"\"\n\(place)\n\(more)\n"
    }

    private func build(_ manifest: String) async throws -> CommandResult {
        let file = try scratch.write(manifest, to: "my.toml")
        return try await ObjectBundle.build(
            object: Self.object, manifest: file, ["-o", scratch.file("bundle")])
    }

    @Test(arguments: [
        "", map("slots", "histogram"), map("slots", "table"), map("slots", "losses"),
        map("nodes", "table", "columns = [{field = \"inside.deep\"}, {field = \"value.next\"}]"),
        map("events", "events", "event = \"struct everything\""),
        map("ring", "events", "event = \"everything\""),
        parameter("integer", "variable = \"wanted\""), parameter("string", "variable = \"word\""),
        parameter("integer", "variable = \"counter\"", "default = -5"),
        parameter("duration", "map = \"slots\""),
        "[[programs]]\nname = \"probed\"\nattach = \"uprobe:a:b\"\n",
    ])
    func `takes what is right`(added: String) async throws {
        try await build(Self.manifest + added).check()
    }

    @Test(arguments: [
        (
            manifest.replacing("traced", with: "other"),
            "program other: the object has none; it has traced, probed"
        ),
        (
            manifest.replacing("tracepoint:sched/sched_switch", with: "kprobe:f"),
            "program traced: its section is tracepoint, so it cannot be attached to kprobe:f"
        ),
        (manifest.replacing("name = \"values\"\n", with: ""), "name is to be a string"),
        (
            manifest.replacing("\"object\"", with: "\"attach\"\narguments = []"),
            "programs means nothing"
        ),
        (manifest + map("none", "table"), "map none: the object has none; it has slots, nodes"),
        (manifest + map("events", "table"), "map events: only arrays and hash maps"),
        (manifest + map("untyped", "table"), "map untyped: declare it with __type"),
        (
            manifest + map("slots", "events", "event = \"everything\""),
            "map slots: events come through"
        ),
        (
            manifest + map("ring", "events", "event = \"struct none\""),
            "map ring: the object has no type struct none"
        ),
        (manifest + map("nodes", "histogram"), "map nodes: a histogram is an array of numbers"),
        (manifest + map("nodes", "losses"), "map nodes: losses are numbers"),
        (
            manifest + map("nodes", "table", "columns = [{field = \"deep\"}]"),
            "map nodes: there is no field deep; it has key, next, inside.deep"
        ),
        (
            manifest + map("nodes", "table", "columns = [{field = \"next\", format = \"words\"}]"),
            "map nodes: next cannot be shown in the format"
        ),
        (
            manifest + parameter("integer", "variable = \"none\""),
            "variable none: the object has none"
        ),
        (
            manifest + parameter("string", "variable = \"wanted\""),
            "variable wanted: what --p gives is text"
        ),
        (
            manifest + parameter("integer", "variable = \"word\""),
            "variable word: what --p gives is a number"
        ),
        (
            manifest + parameter("integer", "variable = \"sample\""),
            "variable sample: it is a structure"
        ),
        (
            manifest + parameter("integer", "map = \"nodes\""),
            "map nodes: values are put only into arrays"
        ),
        (
            manifest + parameter("integer", "map = \"slots\"\nfield = \"x\""),
            "map slots: there is no field x"
        ),
    ])
    func `says what is wrong`(manifest: String, problem: String) async throws {
        let result = try await build(manifest)
        #expect(result.status == 65)
        #expect(result.standardError.contains(problem), "\(result)")
        #expect(try scratch.names() == ["my.toml"])
    }

    @Test(arguments: ["/bin/sh", "/dev/null", "/no/file"])
    func `refuses what is no object`(file: String) async throws {
        let manifest = try scratch.write(Self.manifest, to: "my.toml")
        let result = try await ObjectBundle.build(
            object: file, manifest: manifest, ["-o", scratch.file("bundle")])
        #expect(result.status == 1 || result.status == 69)
        #expect(try scratch.names() == ["my.toml"])
    }

    @Test(arguments: [
        ["--object", "a"], ["--manifest", "a"], ["--object", "a", "--manifest", "b", "--record"],
        ["--object", "a", "--manifest", "b", "--freq", "9"],
        ["--object", "a", "--manifest", "b", "--name", "c"],
    ])
    func `refuses what does not go together`(options: [String]) async throws {
        let result = try await PackagedUprof.package(
            ["build"] + options + ["-o", scratch.file("bundle")])
        #expect(result.status == 64, "\(result)")
    }

    /// The types of all kernels are reduced to what this very object asks for; without relocations,
    /// there are none.
    @Test func `carries types for its own relocations`() async throws {
        let types = try await PackagedUprof.ownTypes(scratch)
        let bundle = try await ObjectBundle("execsnoop", in: scratch, ["--btf", types])
        let again = try await ObjectBundle("execsnoop", in: scratch, ["--btf", types])
        #expect(bundle.path == again.path)
        let text = try await PackagedUprof.package(["inspect", bundle.path]).check()
            .standardOutput
        #expect(text.contains("kernels     1, with 1 distinct types"))
        let line = try #require(text.split(separator: "\n").first { $0.contains("btf kernels") })
        let size = line.split(separator: " ").compactMap { Int($0) }.first
        #expect(try #require(size) < 2_000)
        let plain = try await ObjectBundle("funclatency", in: scratch, ["--btf", types])
        let other = try await PackagedUprof.package(["inspect", plain.path]).check()
        #expect(!other.standardOutput.contains("btf kernels"))
    }
}
