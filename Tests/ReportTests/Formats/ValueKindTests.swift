import Report
import Testing

/// Which of several kinds of values is folded.
@Suite("The kind of values")
struct ValueKindTests {
    private static let heap = [
        StackProfile.ValueKind(name: "alloc_space", measure: "bytes"),
        StackProfile.ValueKind(name: "inuse_space", measure: "bytes"),
    ]

    private func fold(
        _ kinds: [StackProfile.ValueKind], defaultKind: String? = nil, asked: String? = nil,
        _ format: ProfileFormat = .pprof
    ) throws -> (lines: String, remarks: [String]) {
        var profile = StackProfile(valueKinds: kinds)
        profile.add([Frame("f")], values: [2, 30])
        profile.recording.defaultKind = defaultKind
        let bytes = try #require(format.bytes(profile, kind: kinds[0]))
        let folded = try ProfileInput(path: "-", contents: bytes).fold(kind: asked)
        return (String(decoding: folded.stacks.folded, as: UTF8.self), folded.remarks)
    }

    @Test("is the first one, and nothing is said of samples and calls")
    func first() throws {
        for usual in [StackProfile.ValueKind.samples, .calls] {
            let folded = try fold([usual, .cpuNanoseconds])
            #expect(folded.lines == "f 2\n")
            #expect(folded.remarks.isEmpty)
        }
    }

    @Test("is the one the file names", arguments: [ProfileFormat.pprof, .json])
    func named(format: ProfileFormat) throws {
        let folded = try fold(Self.heap, defaultKind: "inuse_space", format)
        #expect(folded.lines == "f 30\n")
        #expect(
            folded.remarks == ["only values of inuse_space count; --value also takes alloc_space"])
    }

    @Test("is the first one where the file names none that it has")
    func unknown() throws {
        #expect(try fold(Self.heap, defaultKind: "goroutines").lines == "f 2\n")
    }

    @Test("is the one asked for, and nothing is said")
    func asked() throws {
        let folded = try fold(Self.heap, defaultKind: "alloc_space", asked: "inuse_space")
        #expect(folded.lines == "f 30\n")
        #expect(folded.remarks.isEmpty)
    }
}
