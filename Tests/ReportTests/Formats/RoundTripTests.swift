import Report
import TestSupport
import Testing

@Suite("A profile written and read again")
struct RoundTripTests {
    @Test("keeps everything", arguments: [ProfileFormat.pprof, .json])
    func everything(format: ProfileFormat) throws {
        let again = try StackProfile.rich.again(format)
        #expect(again.content == StackProfile.rich.content)
        #expect(again.valueKinds == StackProfile.rich.valueKinds)
        #expect(again.mappings == StackProfile.rich.mappings)
        #expect(again.recording == StackProfile.rich.recording)
    }

    @Test("keeps any stacks", arguments: [ProfileFormat.pprof, .json])
    func anything(format: ProfileFormat) throws {
        var random = SeededGenerator()
        for _ in 0..<20 {
            let profile = StackProfile.random(&random)
            let isSame = try profile.again(format).content == profile.content
            #expect(isSame, "seed \(random.seed)")
        }
    }

    @Test("has the same folded stacks in every format", arguments: ProfileFormat.writable)
    func folding(format: ProfileFormat) throws {
        guard format.isReadable else { return }
        var profile = StackProfile(valueKinds: [.samples, .cpuNanoseconds])
        for (index, names) in [["a", "b"], ["a", "b", "c d"], ["a"], ["[unknown]", "é"]]
            .enumerated()
        {
            let frames = names.map { Frame($0, module: "/x") }
            let labels = SampleLabels(process: 1, thread: 2, command: "cc")
            profile.add(frames, values: [UInt64(index + 1), 10], labels: labels)
        }
        let expected = FoldedStacks(.samples).render(profile)
        let bytes = try #require(format.bytes(profile, kind: .samples))
        var lines = try fold(bytes)
        if format == .perf {
            // A module stands for a function without a name, and the thread is the root.
            lines = lines.replacing("cc;", with: "").replacing("[x]", with: "[unknown]")
        }
        #expect(lines == expected)
    }

    @Test("keeps values beyond 2^63 as far as pprof's integers go")
    func largeValues() throws {
        var profile = StackProfile(valueKinds: [.samples])
        profile.add([Frame("f")], values: [.max])
        #expect(try profile.again(.pprof).samples[0].values == [UInt64(Int64.max)])
        #expect(try profile.again(.json).samples[0].values == [.max])
    }

    @Test("is the same file every time", arguments: ProfileFormat.writable)
    func determinism(format: ProfileFormat) {
        let first = format.bytes(.rich, kind: .samples)
        #expect(first == format.bytes(.rich, kind: .samples))
    }

    @Test("keeps both kinds of values in speedscope's format")
    func speedscope() throws {
        let again = try StackProfile.rich.again(.speedscope)
        #expect(again.valueKinds == StackProfile.rich.valueKinds)
        #expect(again.samples.map(\.values) == StackProfile.rich.samples.map(\.values))
    }

    @Test("holds a million different stacks")
    func manyStacks() throws {
        var text: [UInt8] = []
        for number in 0..<1_000_000 {
            text += "main;a\(number % 1_000);b\(number / 1_000) 1\n".utf8
        }
        let folded = try ProfileInput(path: "test", contents: text).fold(threads: 2)
        #expect(folded.stacks.count == 1_000_000)
    }

    @Test("holds a stack of 5,000 frames", arguments: ProfileFormat.writable)
    func deepStacks(format: ProfileFormat) throws {
        guard format.isReadable else { return }
        let names = (0..<5_000).map { "f\($0 % 7)" }
        var profile = StackProfile(valueKinds: [.samples])
        profile.add(names.map { Frame($0) }, values: [1])
        let again = try profile.again(format)
        let stack = again.samples[0].stack.map { again.frames[$0].name }
        #expect(Array(stack.suffix(5_000)) == names)
    }
}
