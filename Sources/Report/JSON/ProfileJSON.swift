/// A profile as one line of JSON, schema `uprof.profile/1`; see `docs/formats.md`.
package struct ProfileJSON: Renderer {
    /// The profile as JSON.
    package init() {}

    package func render(_ profile: StackProfile) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", "uprof.profile/1")
            writer.member("duration_ns", profile.recording.durationNanoseconds ?? 0)
            writer.array("values", of: profile.valueKinds) { writer, kind in
                writer.member("name", kind.name)
                writer.member("unit", kind.measure)
            }
            writer.array("frames", of: profile.frames) { writer, frame in
                writer.member("function", frame.name)
                writer.member("module", frame.module)
                writer.member("kind", frame.kind.rawValue)
            }
            writer.array("samples", of: profile.samples) { write(&$0, $1, profile) }
            writer.object("lost") { writer in
                for entry in profile.recording.losses.occurred {
                    writer.member(entry.reason.key, entry.count)
                }
            }
        }
        return writer.text + "\n"
    }

    private func write(
        _ writer: inout JSONWriter, _ sample: StackProfile.Sample, _ profile: StackProfile
    ) {
        let labels = profile.labelSets[sample.labels]
        if let process = labels.process { writer.member("pid", process) }
        if let command = labels.command { writer.member("comm", command) }
        writer.numbers("stack", sample.stack)
        writer.numbers("values", sample.values)
    }
}
