internal import Compression

/// A profile as pprof's protocol buffer, compressed: `proto/profile.proto` of google/pprof.
package struct PProfProfile: BinaryRenderer {
    /// Whether it is compressed, as all that read it expect.
    package var isCompressed: Bool

    /// pprof's format.
    package init(isCompressed: Bool = true) {
        self.isCompressed = isCompressed
    }

    package func bytes(_ profile: StackProfile) -> [UInt8] {
        var locations = PProfLocations(profile)
        var writer = ProtobufWriter()
        for kind in profile.valueKinds { writer.field(1, Self.type(kind, &locations.strings)) }
        let labels = profile.labelSets.map { Self.labels($0, &locations.strings) }
        var entry = ProtobufWriter()
        var found: [UInt64] = []
        for sample in profile.samples {
            entry.removeAll()
            locations.find(sample.stack, &found)
            entry.field(1, packed: found)
            entry.field(2, packed: sample.values.lazy.map { min($0, UInt64(Int64.max)) })
            entry.append(labels[sample.labels])
            writer.field(2, entry)
        }
        writer.append(locations.mappingMessages())
        writer.append(locations.message)
        Self.write(profile.recording, &writer, &locations.strings)
        locations.strings.write(6, to: &writer)
        return isCompressed ? Gzip.compress(writer.bytes) : writer.bytes
    }

    private static func type(
        _ kind: StackProfile.ValueKind, _ strings: inout PProfStrings
    ) -> ProtobufWriter {
        var writer = ProtobufWriter()
        writer.field(1, strings.number(kind.name))
        writer.field(2, strings.number(kind.measure))
        return writer
    }

    private static func labels(
        _ labels: SampleLabels, _ strings: inout PProfStrings
    ) -> ProtobufWriter {
        var all: [SampleLabels.Label] = []
        if let process = labels.process {
            all.append(.init(key: "pid", value: .number(Int64(process), unit: "")))
        }
        if let thread = labels.thread {
            all.append(.init(key: "tid", value: .number(Int64(thread), unit: "")))
        }
        if let command = labels.command { all.append(.init(key: "comm", value: .text(command))) }
        var writer = ProtobufWriter()
        for label in all + labels.others {
            var entry = ProtobufWriter()
            entry.field(1, strings.number(label.key))
            switch label.value {
            case .text(let text): entry.field(2, strings.number(text))
            case .number(let number, let unit):
                entry.field(3, signed: number)
                entry.field(4, strings.number(unit))
            }
            writer.field(3, entry)
        }
        return writer
    }

    private static func write(
        _ recording: StackProfile.Recording, _ writer: inout ProtobufWriter,
        _ strings: inout PProfStrings
    ) {
        writer.field(9, recording.startNanoseconds ?? 0)
        writer.field(10, recording.durationNanoseconds ?? 0)
        if let kind = recording.periodKind { writer.field(11, type(kind, &strings)) }
        writer.field(12, recording.period ?? 0)
        let comments = recording.comments + LossComment.comments(recording.losses)
        writer.field(13, packed: comments.map { strings.number($0) })
        writer.field(14, recording.defaultKind.map { strings.number($0) } ?? 0)
    }
}
