import Report
import TestSupport

extension StackProfile {
    /// A profile with all that a format can keep.
    static var rich: StackProfile {
        var profile = StackProfile(valueKinds: [.samples, .cpuNanoseconds])
        var main = Frame("main", module: "/usr/bin/kvstore")
        main.buildID = "0123456789abcdef"
        main.fileOffset = 0x1234
        main.file = "/src/main.c"
        main.line = 12
        var inner = Frame("kv::get(int)", module: "/usr/bin/kvstore", kind: .inlined)
        inner.buildID = main.buildID
        inner.linkageName = "_ZN2kv3getEi"
        inner.file = "/src/store.h"
        inner.line = 7
        var mapped = Frame("malloc", module: "/lib/libc.so.6")
        mapped.address = 0x7f00_0000_1234
        mapped.fileOffset = 0x3234
        let kernel = Frame("vfs_read", module: "[kernel.kallsyms]", kind: .kernel)
        let labels = SampleLabels(
            process: 71, thread: 72, command: "worker 1",
            others: [
                .init(key: "cgroup", value: .text("/a")),
                .init(key: "size", value: .number(-5, unit: "bytes")),
            ])
        profile.add([main, inner, kernel], values: [2, 20_000_000], labels: labels)
        profile.add([main, mapped], values: [9_007_199_254_740_993, 1])
        profile.add([.truncated("no unwind table"), main], values: [1, 0], labels: labels)
        profile.mappings = [
            ModuleMapping(
                addresses: 0x7f00_0000_0000..<0x7f00_0001_0000, fileOffset: 0x2000,
                module: "/lib/libc.so.6")
        ]
        profile.recording.startNanoseconds = 1_772_368_496_123_456_789
        profile.recording.durationNanoseconds = 10_000_000_000
        profile.recording.period = 10_101_010
        profile.recording.periodKind = .cpuNanoseconds
        profile.recording.defaultKind = "samples"
        profile.recording.comments = ["made for a test"]
        profile.recording.losses = [.tooDeep: 3]
        return profile
    }

    /// A profile of random stacks.
    static func random(_ random: inout SeededGenerator, samples: Int = 200) -> StackProfile {
        var profile = StackProfile(valueKinds: [.samples, .offCPUNanoseconds])
        let names = ["a", "b b", "c;d", "é𝄞", "<&\"'>", "operator->", "f(int)", "0", "\u{1}"]
        for _ in 0..<samples {
            var stack: [Frame] = []
            for _ in 0..<Int.random(in: 1..<9, using: &random) {
                var frame = Frame(names.randomElement(using: &random) ?? "")
                frame.module = ["", "/x", "/y z"].randomElement(using: &random) ?? ""
                frame.line = UInt64.random(in: 0..<3, using: &random)
                // What is inlined is in the module of its caller.
                if let caller = stack.last, Bool.random(using: &random) {
                    frame.kind = .inlined
                    frame.module = caller.module
                }
                stack.append(frame)
            }
            let values = (0..<2).map { _ in UInt64.random(in: 0..<99, using: &random) }
            let labels = SampleLabels(thread: Int32.random(in: 1..<4, using: &random))
            profile.add(stack, values: values, labels: labels)
        }
        return profile
    }

    /// The frames of each sample with its values and labels: what must be kept.
    var content: [SampleContent] {
        samples.map { sample in
            SampleContent(
                stack: sample.stack.map { frames[$0] }, values: sample.values,
                labels: labels(of: sample))
        }
    }

    /// The profile in a format, read again.
    func again(_ format: ProfileFormat, kind: ValueKind? = nil) throws -> StackProfile {
        let bytes = format.bytes(self, kind: kind ?? valueKinds[0]) ?? []
        return try ProfileInput(path: "test", contents: bytes).profile().profile
    }
}

/// A sample by itself.
struct SampleContent: Equatable {
    var stack: [Frame]
    var values: [UInt64]
    var labels: SampleLabels
}
