internal import Bytes

/// Reads pprof's profiles.
struct PProfReader {
    /// What makes a file none that can be used.
    enum Failure: Error, CustomStringConvertible {
        case noValues
        case valueCount
        case unknownLocation(UInt64)
        case tooManyFrames

        var description: String {
            switch self {
            case .noValues: "it does not say what its samples count"
            case .valueCount: "a sample has more or fewer values than there are kinds"
            case .unknownLocation(let id): "a sample names location \(id), which is not there"
            case .tooManyFrames: "its samples have more frames than a file of its size can name"
            }
        }
    }

    private let tables: PProfTables
    private let functions: [UInt64: PProfTables.Function]
    private let mappings: [UInt64: PProfTables.Mapping]
    private var profile: StackProfile
    private var stacks: [UInt64: [Int]] = [:]  // by location, the outermost frame first
    private var framesLeft: Int
    private var negativeValues = 0

    /// Reads a profile.
    ///
    /// - Throws: What is wrong with it.
    static func profile(_ bytes: RawSpan) throws -> StackProfile {
        var reader = try PProfReader(bytes)
        try reader.readSamples()
        return reader.profile
    }

    private init(_ bytes: RawSpan) throws {
        tables = try PProfTables(parsing: bytes)
        // Locations can hold many functions and be named often: that must not multiply.
        framesLeft = 1 << 16 + bytes.byteCount * 16
        functions = Dictionary(tables.functions.map { ($0.id, $0) }) { first, _ in first }
        mappings = Dictionary(tables.mappings.map { ($0.id, $0) }) { first, _ in first }
        guard !tables.sampleTypes.isEmpty else { throw Failure.noValues }
        profile = StackProfile(valueKinds: tables.sampleTypes.map { [tables] in tables.kind($0) })
        profile.mappings = tables.mappings.compactMap { [tables] in tables.mapping($0) }
        profile.recording = tables.recording
    }

    private mutating func readSamples() throws {
        for location in tables.locations where stacks[location.id] == nil {
            stacks[location.id] = frames(of: location)
        }
        for sample in tables.samples {
            guard sample.values.count == profile.valueKinds.count else { throw Failure.valueCount }
            let labels = profile.index(of: tables.labels(sample.labels))
            profile.add(stack: try stack(sample), values: values(sample), labels: labels)
        }
        if negativeValues > 0 {
            profile.recording.comments.append("\(negativeValues) negative values were left out")
        }
    }

    private mutating func stack(_ sample: PProfTables.Sample) throws -> [Int] {
        var stack: [Int] = []
        for id in sample.locations.reversed() {
            guard let frames = stacks[id] else { throw Failure.unknownLocation(id) }
            framesLeft -= frames.count
            guard framesLeft >= 0 else { throw Failure.tooManyFrames }
            stack += frames
        }
        return stack
    }

    private mutating func values(_ sample: PProfTables.Sample) -> [UInt64] {
        sample.values.map { value in
            guard Int64(bitPattern: value) < 0 else { return value }
            negativeValues += 1
            return 0
        }
    }

    private mutating func frames(of location: PProfTables.Location) -> [Int] {
        let mapping = mappings[location.mapping]
        var base = Frame("", module: mapping.map { tables.string($0.file) } ?? "")
        base.buildID = mapping.map { tables.string($0.buildID) } ?? ""
        var outermost = base
        if location.address != 0 { tables.place(location.address, in: mapping, &outermost) }
        guard !location.lines.isEmpty else {
            outermost.name = "[unknown]"
            outermost.kind = FrameKind.of(outermost)
            return [profile.index(of: outermost)]
        }
        return location.lines.reversed().enumerated().map { depth, line in
            var frame = depth == 0 ? outermost : base
            if let function = functions[line.function] { tables.name(&frame, function) }
            if frame.name.isEmpty { frame.name = "[unknown]" }
            frame.line = line.line
            frame.kind = depth == 0 ? FrameKind.of(frame) : .inlined
            return profile.index(of: frame)
        }
    }
}

extension PProfTables {
    fileprivate func kind(_ type: ValueType) -> StackProfile.ValueKind {
        StackProfile.ValueKind(name: string(type.type), measure: string(type.unit))
    }

    /// A mapping of a process; those that begin at 0 are modules in their own terms.
    fileprivate func mapping(_ mapping: Mapping) -> ModuleMapping? {
        guard mapping.start > 0, mapping.limit > mapping.start else { return nil }
        return ModuleMapping(
            addresses: mapping.start..<mapping.limit, fileOffset: mapping.offset,
            module: string(mapping.file), buildID: string(mapping.buildID))
    }

    fileprivate func place(_ address: UInt64, in mapping: Mapping?, _ frame: inout Frame) {
        guard let mapping else {
            frame.address = address
            return
        }
        if mapping.start > 0 { frame.address = address }
        frame.fileOffset = address &- mapping.start &+ mapping.offset
    }

    fileprivate func name(_ frame: inout Frame, _ function: Function) {
        frame.name = string(function.name)
        let linkageName = string(function.systemName)
        if frame.name.isEmpty { frame.name = linkageName }
        frame.linkageName = linkageName == frame.name ? "" : linkageName
        frame.file = string(function.file)
    }

    fileprivate var recording: StackProfile.Recording {
        var recording = StackProfile.Recording()
        recording.startNanoseconds = timeNanoseconds == 0 ? nil : timeNanoseconds
        recording.durationNanoseconds = durationNanoseconds == 0 ? nil : durationNanoseconds
        recording.period = period == 0 ? nil : period
        recording.defaultKind = defaultSampleType == 0 ? nil : string(defaultSampleType)
        let kind = kind(periodType)
        recording.periodKind = kind.name.isEmpty && kind.measure.isEmpty ? nil : kind
        for comment in comments.map(string) {
            if !LossComment.read(comment, &recording.losses) { recording.comments.append(comment) }
        }
        return recording
    }

    fileprivate func labels(_ labels: [Label]) -> SampleLabels {
        var result = SampleLabels()
        for label in labels {
            let key = string(label.key)
            switch key {
            case "pid" where label.text == 0 && result.process == nil:
                result.process = Int32(exactly: label.number)
                if result.process != nil { continue }
            case "tid" where label.text == 0 && result.thread == nil:
                result.thread = Int32(exactly: label.number)
                if result.thread != nil { continue }
            case "comm" where label.text != 0 && result.command == nil:
                result.command = string(label.text)
                continue
            default: break
            }
            let number = SampleLabels.Label.Value.number(label.number, unit: string(label.unit))
            let value = label.text == 0 ? number : .text(string(label.text))
            result.others.append(SampleLabels.Label(key: key, value: value))
        }
        return result
    }
}
