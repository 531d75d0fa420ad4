/// A profile as the text `perf script` would give, which Firefox Profiler and Perfetto open.
///
/// A profile has no times: samples are made to follow each other. Where there are few enough, a
/// stack is there as often as it was met; else once, with its value as the period.
package struct PerfScriptText: Renderer {
    /// Which of a sample's values is shown; the first if nil or not there.
    package var valueKind: StackProfile.ValueKind?

    /// The text of one kind of value.
    package init(_ valueKind: StackProfile.ValueKind? = nil) {
        self.valueKind = valueKind
    }

    private static let mostSamples: UInt64 = 100_000

    package func render(_ profile: StackProfile) -> String {
        let index = valueKind.flatMap { profile.valueIndex(of: $0) } ?? 0
        guard profile.valueKinds.indices.contains(index) else { return "" }
        let kind = profile.valueKinds[index]
        var total: UInt64 = 0
        for sample in profile.samples { total.addClamping(sample.values[index]) }
        let isRepeated = !kind.isTime && total <= Self.mostSamples
        let lines = profile.frames.map(Self.line)
        var time: UInt64 = 0
        var text = ""
        for sample in profile.samples where sample.values[index] != 0 {
            let value = sample.values[index]
            for _ in 0..<(isRepeated ? value : 1) {
                let period = isRepeated ? 1 : value
                text += header(profile.labels(of: sample), time, period, Self.event(kind))
                for frame in frames(of: sample, profile).reversed() { text += lines[frame] }
                text += "\n"
                time.addClamping(kind.isTime ? value : 1_000_000)
            }
        }
        return text
    }

    /// The thread's name is in the header, and need not be the root.
    private func frames(
        of sample: StackProfile.Sample, _ profile: StackProfile
    ) -> ArraySlice<Int> {
        guard let first = sample.stack.first, let command = profile.labels(of: sample).command,
            profile.frames[first] == Frame(command.replacing(" ", with: "_"))
        else { return sample.stack[...] }
        return sample.stack.dropFirst()
    }

    private func header(
        _ labels: SampleLabels, _ time: UInt64, _ period: UInt64, _ event: String
    ) -> String {
        let command = HarmlessText.of(labels.command ?? "")
        let name = command.split(separator: " ").joined(separator: " ")
        let thread = labels.thread ?? labels.process ?? 0
        let microseconds = String(time / 1_000 % 1_000_000)
        let fraction = String(repeating: "0", count: 6 - microseconds.count) + microseconds
        return "\(name.isEmpty ? "unknown" : name) \(labels.process ?? thread)/\(thread) [000] "
            + "\(time / 1_000_000_000).\(fraction): \(period) \(event): \n"
    }

    private static func line(of frame: Frame) -> String {
        let address = String(frame.address ?? frame.fileOffset ?? 0, radix: 16)
        let padding = String(repeating: " ", count: max(16 - address.count, 0))
        let name = name(of: frame)
        return "\t\(padding)\(address) \(name) (\(module(of: frame)))\n"
    }

    /// Readers skip frames whose names begin with a parenthesis: `(root)` becomes `[root]`.
    private static func name(of frame: Frame) -> String {
        let name = HarmlessText.of(frame.name.isEmpty ? "[unknown]" : frame.name)
        guard name.hasPrefix("(") else { return name }
        var characters = Array(name)
        characters[0] = "["
        if let close = characters.firstIndex(of: ")") { characters[close] = "]" }
        return String(characters)
    }

    private static func module(of frame: Frame) -> String {
        switch frame.kind {
        case .inlined: "inlined"
        case .kernel where frame.module.isEmpty: "[kernel.kallsyms]"
        case .jit where frame.module.isEmpty: "/tmp/perf-0.map"
        case _ where frame.module.isEmpty: "[unknown]"
        default: HarmlessText.of(frame.module)
        }
    }

    private static func event(_ kind: StackProfile.ValueKind) -> String {
        if kind == .cpuNanoseconds { return "cpu-clock" }
        let name = HarmlessText.of(kind.name).filter { !$0.isWhitespace }
        return name.isEmpty ? "samples" : name
    }
}
