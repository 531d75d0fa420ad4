internal import Bytes

/// Reads our own JSON, `uprof.profile/1`; see `docs/formats.md`. Members may come in any order.
struct ProfileJSONReader {
    /// What makes a file none that can be used.
    enum Failure: Error, CustomStringConvertible {
        case schema(String)
        case index
        case values
        case range

        var description: String {
            switch self {
            case .schema(let schema): "its schema is \(schema)"
            case .index: "a sample names a frame or labels that are not there"
            case .values: "a sample has more or fewer values than there are kinds"
            case .range: "a mapping ends before it begins"
            }
        }
    }

    private struct Sample {
        var stack: [Int] = []
        var values: [UInt64] = []
        var labels = 0
    }

    private var schema = ""
    private var kinds: [StackProfile.ValueKind] = []
    private var recording = StackProfile.Recording()
    private var mappings: [ModuleMapping] = []
    private var frames: [Frame] = []
    private var labels: [SampleLabels] = []
    private var samples: [Sample] = []

    /// Reads a profile.
    ///
    /// - Throws: What is wrong with it.
    static func profile(_ bytes: RawSpan) throws -> StackProfile {
        var file = ProfileJSONReader()
        var reader = JSONReader(bytes)
        try reader.object { reader, key in try file.readMember(key, &reader) }
        try reader.end()
        return try file.profile()
    }

    private mutating func readMember(_ key: String, _ reader: inout JSONReader) throws {
        switch key {
        case "schema": schema = try reader.string()
        case "values": try reader.array { kinds.append(try Self.kind(&$0)) }
        case "recording":
            try reader.object { try Self.readRecording($1, &$0, &recording) }
        case "mappings": try reader.array { mappings.append(try Self.mapping(&$0)) }
        case "frames": try reader.array { frames.append(try Self.frame(&$0)) }
        case "labels": try reader.array { labels.append(try Self.labels(&$0)) }
        case "samples": try reader.array { samples.append(try Self.sample(&$0)) }
        default: try reader.skip()
        }
    }

    private func profile() throws -> StackProfile {
        guard schema == "uprof.profile/1" else { throw Failure.schema(schema) }
        var profile = StackProfile(valueKinds: kinds)
        profile.recording = recording
        profile.mappings = mappings
        let frames = frames.map { profile.index(of: $0) }
        let labels = labels.map { profile.index(of: $0) }
        for sample in samples {
            guard sample.values.count == kinds.count else { throw Failure.values }
            guard sample.labels == 0 || labels.indices.contains(sample.labels),
                sample.stack.allSatisfy(frames.indices.contains)
            else { throw Failure.index }
            profile.add(
                stack: sample.stack.map { frames[$0] }, values: sample.values,
                labels: labels.isEmpty ? 0 : labels[sample.labels])
        }
        return profile
    }

    private static func sample(_ reader: inout JSONReader) throws -> Sample {
        var sample = Sample()
        try reader.object { reader, key in
            switch key {
            case "stack": try reader.array { sample.stack.append(try $0.index()) }
            case "values": try reader.array { sample.values.append(try $0.unsigned()) }
            case "labels": sample.labels = try reader.index()
            default: try reader.skip()
            }
        }
        return sample
    }

    private static func frame(_ reader: inout JSONReader) throws -> Frame {
        var frame = Frame("")
        try reader.object { reader, key in
            switch key {
            case "function": frame.name = try reader.string()
            case "kind": frame.kind = Frame.Kind(rawValue: try reader.string()) ?? .user
            case "module": frame.module = try reader.string()
            case "linkage_name": frame.linkageName = try reader.string()
            case "build_id": frame.buildID = try reader.string()
            case "address": frame.address = try reader.unsigned()
            case "file_offset": frame.fileOffset = try reader.unsigned()
            case "file": frame.file = try reader.string()
            case "line": frame.line = try reader.unsigned()
            default: try reader.skip()
            }
        }
        return frame
    }
}

extension ProfileJSONReader {
    private static func kind(_ reader: inout JSONReader) throws -> StackProfile.ValueKind {
        var name = ""
        var measure = ""
        try reader.object { reader, key in
            switch key {
            case "name": name = try reader.string()
            case "measure": measure = try reader.string()
            default: try reader.skip()
            }
        }
        return StackProfile.ValueKind(name: name, measure: measure)
    }

    private static func readRecording(
        _ key: String, _ reader: inout JSONReader, _ recording: inout StackProfile.Recording
    ) throws {
        switch key {
        case "start_ns": recording.startNanoseconds = try reader.unsigned()
        case "duration_ns": recording.durationNanoseconds = try reader.unsigned()
        case "period": recording.period = try reader.unsigned()
        case "period_kind": recording.periodKind = try kind(&reader)
        case "default_value": recording.defaultKind = try reader.string()
        case "comments": try reader.array { recording.comments.append(try $0.string()) }
        case "lost":
            try reader.object { reader, key in
                recording.losses[LossComment.reason(key)] = try reader.unsigned()
            }
        default: try reader.skip()
        }
    }

    private static func mapping(_ reader: inout JSONReader) throws -> ModuleMapping {
        var (start, end, offset): (UInt64, UInt64, UInt64) = (0, 0, 0)
        var (module, buildID) = ("", "")
        try reader.object { reader, key in
            switch key {
            case "start": start = try reader.unsigned()
            case "end": end = try reader.unsigned()
            case "file_offset": offset = try reader.unsigned()
            case "module": module = try reader.string()
            case "build_id": buildID = try reader.string()
            default: try reader.skip()
            }
        }
        guard start <= end else { throw Failure.range }
        return ModuleMapping(
            addresses: start..<end, fileOffset: offset, module: module, buildID: buildID)
    }

    private static func labels(_ reader: inout JSONReader) throws -> SampleLabels {
        var labels = SampleLabels()
        try reader.object { reader, key in
            switch key {
            case "pid": labels.process = Int32(exactly: try reader.signed())
            case "tid": labels.thread = Int32(exactly: try reader.signed())
            case "comm": labels.command = try reader.string()
            case "others": try reader.array { labels.others.append(try label(&$0)) }
            default: try reader.skip()
            }
        }
        return labels
    }

    private static func label(_ reader: inout JSONReader) throws -> SampleLabels.Label {
        var (name, unit) = ("", "")
        var text: String?
        var number: Int64 = 0
        try reader.object { reader, key in
            switch key {
            case "key": name = try reader.string()
            case "text": text = try reader.string()
            case "number": number = try reader.signed()
            case "unit": unit = try reader.string()
            default: try reader.skip()
            }
        }
        let value = text.map { SampleLabels.Label.Value.text($0) } ?? .number(number, unit: unit)
        return SampleLabels.Label(key: name, value: value)
    }
}
