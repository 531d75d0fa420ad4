import Foundation
import Report
import TestSupport
import Testing

/// The published definitions of OTLP in Python, as `scripts/setup test` installs them.
private enum OTLPDefinitions {
    /// Where they are.
    static let path = TestTarget.packageDirectory + "/.build/oracles"

    /// Whether they are there.
    static var areInstalled: Bool {
        FileManager.default.fileExists(atPath: path + "/opentelemetry/proto/profiles")
            && Tool.path("python3") != nil
    }
}

/// OTLP profiles, read with the published definitions (PyPI's opentelemetry-proto).
@Suite(
    "OTLP profiles",
    .enabled(
        if: OTLPDefinitions.areInstalled, "opentelemetry-proto is not installed: make setup-tests"))
struct OTLPTests {
    /// Runs a script that finds the profile as `data`, from the binary form, and as `other` from
    /// JSON.
    private func python(_ script: String, _ profile: StackProfile) async throws -> [String] {
        let directory = try ScratchDirectory()
        try directory.write(OTLPProtobuf().bytes(profile), to: "p.otlp")
        try directory.write(OTLPJSON().render(profile), to: "p.otlp.json")
        try directory.write(Self.preamble + script, to: "check.py")
        let result = try await run(
            try #require(Tool.path("python3")), ["check.py"],
            environment: ["PYTHONPATH": OTLPDefinitions.path], directory: directory.path)
        return try result.check().standardOutput.split(separator: "\n").map(String.init)
    }

    private static let preamble = """
        from google.protobuf import json_format
        from opentelemetry.proto.profiles.v1development import profiles_pb2 as pb
        data = pb.ProfilesData()
        data.ParseFromString(open("p.otlp", "rb").read())
        other = json_format.Parse(open("p.otlp.json").read(), pb.ProfilesData())
        tables = data.dictionary
        profiles = data.resource_profiles[0].scope_profiles[0].profiles
        text = lambda index: tables.string_table[index]

        """

    @Test("are the same as a protocol buffer and as JSON")
    func forms() async throws {
        #expect(try await python("print(data == other)", .rich) == ["True"])
    }

    @Test("have no field the definitions do not know")
    func unknownFields() async throws {
        let script = """
            from google.protobuf.unknown_fields import UnknownFieldSet
            def walk(message):
                assert len(UnknownFieldSet(message)) == 0, message
                for field, value in message.ListFields():
                    if field.message_type:
                        try: values = list(value)
                        except TypeError: values = [value]
                        for value in values: walk(value)
            walk(data)
            print("done")
            """
        #expect(try await python(script, .rich) == ["done"])
    }

    @Test("begin each table with the zero value, and have each value once")
    func dictionary() async throws {
        let script = """
            for field in tables.DESCRIPTOR.fields:
                table = getattr(tables, field.name)
                zero = "" if field.message_type is None else field.message_type._concrete_class()
                keys = [v if isinstance(v, str) else v.SerializeToString() for v in table]
                print(field.name, table[0] == zero, len(set(keys)) == len(keys))
            """
        let lines = try await python(script, .rich)
        #expect(lines.count == 7)
        #expect(lines.allSatisfy { $0.hasSuffix("True True") }, "\(lines)")
    }

    @Test("have the stacks and values of the profile")
    func stacks() async throws {
        let script = """
            for profile in profiles:
                print(text(profile.sample_type.type_strindex), text(profile.sample_type.unit_strindex))
                for sample in profile.samples:
                    names = [text(tables.function_table[line.function_index].name_strindex)
                             for index in tables.stack_table[sample.stack_index].location_indices
                             for line in tables.location_table[index].lines]
                    print(";".join(reversed(names)), *sample.values)
            """
        let truncated = "[truncated: no unwind table]"
        #expect(
            try await python(script, .rich) == [
                "samples count", "main;kv::get(int);vfs_read 2",
                "main;malloc 9007199254740993", "\(truncated);main 1", "cpu nanoseconds",
                "main;kv::get(int);vfs_read 20000000", "main;malloc 1",
            ])
    }

    @Test("have labels, build IDs and the recording")
    func attributes() async throws {
        let script = """
            def show(indices):
                for index in indices:
                    entry = tables.attribute_table[index]
                    kind = entry.value.WhichOneof("value")
                    print(text(entry.key_strindex), getattr(entry.value, kind), text(entry.unit_strindex))
            show(profiles[0].samples[0].attribute_indices)
            show(profiles[0].attribute_indices)
            for mapping in tables.mapping_table: show(mapping.attribute_indices)
            print(profiles[0].time_unix_nano, profiles[0].duration_nano, profiles[0].period)
            """
        #expect(
            try await python(script, .rich) == [
                "process.pid 71 ", "thread.id 72 ", "thread.name worker 1 ", "cgroup /a ",
                "size -5 bytes", "uprof.lost.too_deep 3 ",
                "process.executable.build_id.gnu 0123456789abcdef ",
                "1772368496123456789 10000000000 10101010",
            ])
    }
}
