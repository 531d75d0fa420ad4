/// One of the profiles of a speedscope file: stacks with weights, or what they are made of.
struct SpeedscopeProfile {
    private(set) var name = ""
    private var type = "sampled"
    private var unit = "none"
    /// The stacks, root first, as indices of the file's frames.
    private(set) var stacks: [[Int]] = []
    /// The weight of each stack, in the unit of ``kind``.
    private(set) var weights: [UInt64] = []
    private var numbers: [String] = []
    private var events: [(isOpen: Bool, frame: Int, at: String)] = []

    /// Reads a profile.
    ///
    /// - Throws: What is wrong with it.
    init(_ reader: inout JSONReader) throws {
        try reader.object { reader, key in try readMember(key, &reader) }
        switch type {
        case "sampled": weigh()
        case "evented": try play()
        default: throw SpeedscopeReader.Failure.unknownType(type)
        }
    }

    /// What is counted, by the unit alone.
    var kind: StackProfile.ValueKind {
        switch unit {
        case "none": .samples
        case "bytes": StackProfile.ValueKind(name: "space", measure: "bytes")
        default: StackProfile.ValueKind(name: "time", measure: "nanoseconds")
        }
    }

    /// What is counted where the profile is named after it.
    var ownKind: StackProfile.ValueKind {
        StackProfile.ValueKind(name: name, measure: unit == "none" ? "count" : kind.measure)
    }

    private mutating func readMember(_ key: String, _ reader: inout JSONReader) throws {
        switch key {
        case "name": name = reader.isNull() ? "" : try reader.string()
        case "type": type = try reader.string()
        case "unit": unit = try reader.string()
        case "weights": try reader.array { numbers.append(try $0.number()) }
        case "samples":
            try reader.array { reader in
                var stack: [Int] = []
                try reader.array { stack.append(try $0.index()) }
                stacks.append(stack)
            }
        case "events": try reader.array { events.append(try Self.event(&$0)) }
        default: try reader.skip()
        }
    }

    private static func event(
        _ reader: inout JSONReader
    ) throws -> (isOpen: Bool, frame: Int, at: String) {
        var event = (isOpen: false, frame: 0, at: "0")
        try reader.object { reader, key in
            switch key {
            case "type": event.isOpen = try reader.string() == "O"
            case "frame": event.frame = try reader.index()
            case "at": event.at = try reader.number()
            default: try reader.skip()
            }
        }
        return event
    }

    /// Samples without a weight count once.
    private mutating func weigh() {
        var scaler = WeightScaler(unit: unit)
        for index in stacks.indices {
            weights.append(index < numbers.count ? scaler.value(numbers[index]) : 1)
        }
    }

    /// From events to stacks: one for the time between two of them.
    private mutating func play() throws {
        var scaler = WeightScaler(unit: unit)
        var open: [Int] = []
        var last: Double?
        var framesLeft = 1 << 20 + events.count * 64
        for event in events {
            let now = Double(event.at) ?? 0
            if let last, now > last, !open.isEmpty {
                framesLeft -= open.count
                guard framesLeft >= 0 else { throw PProfReader.Failure.tooManyFrames }
                stacks.append(open)
                weights.append(scaler.value(now - last))
            }
            last = now
            if event.isOpen {
                open.append(event.frame)
            } else {
                guard open.last == event.frame else { throw SpeedscopeReader.Failure.eventOrder }
                open.removeLast()
            }
        }
        events = []
    }
}
