/// A profile as speedscope's own JSON: `src/lib/file-format-spec.ts` of jlfwong/speedscope.
///
/// There is a sampled profile for each kind of value. Each frame is there once.
package struct SpeedscopeJSON: Renderer {
    /// speedscope's format.
    package init() {}

    package func render(_ profile: StackProfile) -> String {
        let frames = SpeedscopeFrames(profile)
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("$schema", "https://www.speedscope.app/file-format-schema.json")
            writer.member("exporter", "uprof")
            writer.member("name", "uprof")
            writer.member("activeProfileIndex", 0)
            writer.object("shared") { writer in
                writer.array("frames", of: frames.distinct) { writer, frame in
                    writer.member("name", frame.name)
                    if !frame.file.isEmpty { writer.member("file", frame.file) }
                    if frame.line > 0 { writer.member("line", frame.line) }
                }
            }
            writer.array("profiles", of: Array(profile.valueKinds.indices)) { writer, index in
                write(profile, index, frames, &writer)
            }
        }
        return writer.text + "\n"
    }

    private func write(
        _ profile: StackProfile, _ index: Int, _ frames: SpeedscopeFrames,
        _ writer: inout JSONWriter
    ) {
        let kind = profile.valueKinds[index]
        var end: UInt64 = 0
        for sample in profile.samples { end.addClamping(sample.values[index]) }
        writer.member("type", "sampled")
        writer.member("name", kind.name)
        writer.member("unit", Self.unit(of: kind))
        writer.member("startValue", 0)
        writer.member("endValue", end)
        writer.arrays("samples", of: profile.samples) { sample in
            sample.stack.map { frames.numbers[$0] }
        }
        writer.array("weights", numbers: profile.samples.map { $0.values[index] })
    }

    private static func unit(of kind: StackProfile.ValueKind) -> String {
        switch kind.measure {
        case "nanoseconds", "microseconds", "milliseconds", "seconds", "bytes": kind.measure
        default: "none"
        }
    }
}

/// The frames of a profile as speedscope knows them: by name and place in the source alone.
///
/// Where there is no source file, the module stands for it: colors go by file.
private struct SpeedscopeFrames {
    struct Entry: Hashable {
        var name: String
        var file: String
        var line: UInt64
    }

    private(set) var distinct: [Entry] = []
    private(set) var numbers: [Int] = []

    init(_ profile: StackProfile) {
        var known: [Entry: Int] = [:]
        for frame in profile.frames {
            let file = frame.file.isEmpty ? frame.module : frame.file
            let entry = Entry(name: frame.name, file: file, line: frame.line)
            let number = known[entry] ?? distinct.count
            if number == distinct.count {
                known[entry] = number
                distinct.append(entry)
            }
            numbers.append(number)
        }
    }
}
