internal import Bytes

/// Reads speedscope's own JSON: `src/lib/file-format-spec.ts` of jlfwong/speedscope.
///
/// Profiles of one unit become samples of one kind of value. Those that uprof wrote are the values
/// of the same samples.
struct SpeedscopeReader {
    /// What makes a file none that can be used.
    enum Failure: Error, CustomStringConvertible {
        case unknownFrame(Int)
        case eventOrder
        case unknownType(String)

        var description: String {
            switch self {
            case .unknownFrame(let index): "a stack names frame \(index), which is not there"
            case .eventOrder: "a frame is closed that is not open"
            case .unknownType(let type): "a profile is of the unknown type \(type)"
            }
        }
    }

    private var frames: [Frame] = []
    private var profiles: [SpeedscopeProfile] = []
    private var exporter = ""
    private var name = ""

    /// Reads a profile.
    ///
    /// - Throws: What is wrong with it.
    static func profile(_ bytes: RawSpan) throws -> StackProfile {
        var file = SpeedscopeReader()
        var reader = JSONReader(bytes)
        try reader.object { reader, key in try file.readMember(key, &reader) }
        try reader.end()
        return try file.profile()
    }

    private mutating func readMember(_ key: String, _ reader: inout JSONReader) throws {
        switch key {
        case "shared":
            try reader.object { reader, key in
                guard key == "frames" else { return try reader.skip() }
                try reader.array { frames.append(try Self.frame(&$0)) }
            }
        case "profiles":
            try reader.array { profiles.append(try SpeedscopeProfile(&$0)) }
        case "exporter": exporter = reader.isNull() ? "" : try reader.string()
        case "name": name = reader.isNull() ? "" : try reader.string()
        default: try reader.skip()
        }
    }

    private static func frame(_ reader: inout JSONReader) throws -> Frame {
        var frame = Frame("")
        try reader.object { reader, key in
            switch key {
            case "name": frame.name = try reader.string()
            case "file": frame.file = reader.isNull() ? "" : try reader.string()
            case "line": frame.line = reader.isNull() ? 0 : try reader.unsigned()
            default: try reader.skip()
            }
        }
        frame.kind = FrameKind.of(frame)
        return frame
    }

    private func profile() throws -> StackProfile {
        let isOurs = exporter.hasPrefix("uprof") && isOneProfile
        let kinds = isOurs ? profiles.map(\.ownKind) : Self.distinct(profiles.map(\.kind))
        var result = StackProfile(valueKinds: kinds)
        let indices = frames.map { result.index(of: $0) }
        if isOurs {
            try add(profiles, indices, to: &result)
        } else {
            for profile in profiles { try add(profile, indices, to: &result) }
        }
        if !isOurs, !name.isEmpty { result.recording.comments.append(name) }
        return result
    }

    /// Whether all profiles are values of the same stacks.
    private var isOneProfile: Bool {
        guard let first = profiles.first else { return false }
        return profiles.allSatisfy { $0.stacks == first.stacks }
            && Set(profiles.map(\.ownKind)).count == profiles.count
    }

    private func add(
        _ profiles: [SpeedscopeProfile], _ indices: [Int], to result: inout StackProfile
    ) throws {
        for (number, stack) in (profiles.first?.stacks ?? []).enumerated() {
            let values = profiles.map { $0.weights[number] }
            result.add(stack: try Self.frames(stack, indices), values: values)
        }
    }

    private func add(
        _ profile: SpeedscopeProfile, _ indices: [Int], to result: inout StackProfile
    ) throws {
        guard let kind = result.valueIndex(of: profile.kind) else { return }
        // Profiles of one file are threads, as a rule.
        let name = SampleLabels.Label(key: "profile", value: .text(profile.name))
        let hasName = profiles.count > 1 && !profile.name.isEmpty
        let labels = result.index(of: SampleLabels(others: hasName ? [name] : []))
        for (stack, weight) in zip(profile.stacks, profile.weights) where weight > 0 {
            var values = [UInt64](repeating: 0, count: result.valueKinds.count)
            values[kind] = weight
            let frames = try Self.frames(stack, indices)
            result.add(stack: frames, values: values, labels: labels)
        }
    }

    private static func frames(_ stack: [Int], _ indices: [Int]) throws -> [Int] {
        try stack.map { index in
            guard indices.indices.contains(index) else { throw Failure.unknownFrame(index) }
            return indices[index]
        }
    }

    private static func distinct(
        _ kinds: [StackProfile.ValueKind]
    ) -> [StackProfile.ValueKind] {
        var distinct: [StackProfile.ValueKind] = []
        for kind in kinds where !distinct.contains(kind) { distinct.append(kind) }
        return distinct
    }
}
