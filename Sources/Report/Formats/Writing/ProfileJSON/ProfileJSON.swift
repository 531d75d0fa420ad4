/// A profile as one object of JSON, schema `uprof.profile/1`; see `docs/formats.md`.
package struct ProfileJSON: Renderer {
    /// Our own format.
    package init() {}

    package func render(_ profile: StackProfile) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", "uprof.profile/1")
            writer.array("values", of: profile.valueKinds, Self.write)
            writer.object("recording") { Self.write(profile.recording, &$0) }
            writer.array("mappings", of: profile.mappings, Self.write)
            writer.array("frames", of: profile.frames, Self.write)
            writer.array("labels", of: profile.labelSets, Self.write)
            writer.array("samples", of: profile.samples) { writer, sample in
                writer.array("stack", numbers: sample.stack)
                writer.array("values", numbers: sample.values)
                if sample.labels != 0 { writer.member("labels", sample.labels) }
            }
        }
        return writer.text + "\n"
    }

    private static func write(_ writer: inout JSONWriter, _ kind: StackProfile.ValueKind) {
        writer.member("name", kind.name)
        writer.member("measure", kind.measure)
    }

    private static func write(
        _ recording: StackProfile.Recording, _ writer: inout JSONWriter
    ) {
        if let start = recording.startNanoseconds { writer.member("start_ns", start) }
        if let duration = recording.durationNanoseconds { writer.member("duration_ns", duration) }
        if let period = recording.period { writer.member("period", period) }
        if let kind = recording.periodKind { writer.object("period_kind") { write(&$0, kind) } }
        if let kind = recording.defaultKind { writer.member("default_value", kind) }
        writer.array("comments", strings: recording.comments)
        writer.object("lost") { writer in
            for entry in recording.losses.occurred { writer.member(entry.reason.key, entry.count) }
        }
    }

    private static func write(_ writer: inout JSONWriter, _ mapping: ModuleMapping) {
        writer.member("start", mapping.addresses.lowerBound)
        writer.member("end", mapping.addresses.upperBound)
        writer.member("file_offset", mapping.fileOffset)
        writer.member("module", mapping.module)
        if !mapping.buildID.isEmpty { writer.member("build_id", mapping.buildID) }
    }

    private static func write(_ writer: inout JSONWriter, _ frame: Frame) {
        writer.member("function", frame.name)
        writer.member("kind", frame.kind.rawValue)
        if !frame.module.isEmpty { writer.member("module", frame.module) }
        if !frame.linkageName.isEmpty { writer.member("linkage_name", frame.linkageName) }
        if !frame.buildID.isEmpty { writer.member("build_id", frame.buildID) }
        if let address = frame.address { writer.member("address", address) }
        if let offset = frame.fileOffset { writer.member("file_offset", offset) }
        if !frame.file.isEmpty { writer.member("file", frame.file) }
        if frame.line > 0 { writer.member("line", frame.line) }
    }

    private static func write(_ writer: inout JSONWriter, _ labels: SampleLabels) {
        if let process = labels.process { writer.member("pid", process) }
        if let thread = labels.thread { writer.member("tid", thread) }
        if let command = labels.command { writer.member("comm", command) }
        guard !labels.others.isEmpty else { return }
        writer.array("others", of: labels.others) { writer, label in
            writer.member("key", label.key)
            switch label.value {
            case .text(let text): writer.member("text", text)
            case .number(let number, let unit):
                writer.member("number", number)
                if !unit.isEmpty { writer.member("unit", unit) }
            }
        }
    }
}
