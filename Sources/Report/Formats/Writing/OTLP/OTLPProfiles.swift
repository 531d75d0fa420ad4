/// A profile in OTLP's terms: the dictionary, and what refers to it.
struct OTLPProfiles {
    /// A stack, by its number, with the numbers of its attributes.
    struct Sample {
        var stack: Int
        var attributes: [Int]
    }

    private(set) var dictionary = OTLPDictionary()
    /// What the samples have in common; each kind of value is a profile of its own.
    private(set) var samples: [Sample] = []
    /// The kinds of values, as numbers of strings.
    private(set) var types: [(type: Int, unit: Int)] = []
    /// What is between two samples.
    private(set) var periodType: (type: Int, unit: Int) = (0, 0)
    /// The numbers of the attributes all profiles have.
    private(set) var attributes: [Int] = []
    /// The profile.
    let profile: StackProfile

    private let isInlined: [Bool]
    private var single: [Int]
    private var mappingNumbers: [MappingKey: Int] = [:]

    private struct MappingKey: Hashable {
        var module: String
        var buildID: String
        var mapping: ModuleMapping?
    }

    /// Builds the tables.
    init(_ profile: StackProfile) {
        self.profile = profile
        isInlined = profile.frames.map(\.isInlined)
        single = Array(repeating: 0, count: profile.frames.count)
        types = profile.valueKinds.map { type(of: $0) }
        if let kind = profile.recording.periodKind { periodType = type(of: kind) }
        let labels = profile.labelSets.map { numbers(of: $0) }
        samples = profile.samples.map { sample in
            let stack = dictionary.stack(locations(of: sample.stack))
            return Sample(stack: stack, attributes: labels[sample.labels])
        }
        attributes = profile.recording.losses.occurred.map { entry in
            let count = Int64(clamping: entry.count)
            return dictionary.attribute("uprof.lost.\(entry.reason.key)", .number(count))
        }
    }

    private mutating func type(of kind: StackProfile.ValueKind) -> (type: Int, unit: Int) {
        (dictionary.string(kind.name), dictionary.string(kind.measure))
    }

    /// The names of the semantic conventions, where there are any.
    private mutating func numbers(of labels: SampleLabels) -> [Int] {
        var numbers: [Int] = []
        if let process = labels.process {
            numbers.append(dictionary.attribute("process.pid", .number(Int64(process))))
        }
        if let thread = labels.thread {
            numbers.append(dictionary.attribute("thread.id", .number(Int64(thread))))
        }
        if let command = labels.command {
            numbers.append(dictionary.attribute("thread.name", .text(command)))
        }
        for label in labels.others {
            switch label.value {
            case .text(let text): numbers.append(dictionary.attribute(label.key, .text(text)))
            case .number(let number, let unit):
                numbers.append(dictionary.attribute(label.key, .number(number), unit: unit))
            }
        }
        return numbers
    }

    /// The locations of a stack, the leaf first.
    private mutating func locations(of stack: [Int]) -> [Int] {
        var locations: [Int] = []
        var end = stack.count
        while end > 0 {
            var start = end - 1
            while start > 0, isInlined[stack[start]] { start -= 1 }
            locations.append(location(of: stack[start..<end]))
            end = start
        }
        return locations
    }

    /// The location of a frame of machine code with all that is inlined there.
    private mutating func location(of chain: ArraySlice<Int>) -> Int {
        let first = chain[chain.startIndex]
        if chain.count == 1, single[first] != 0 { return single[first] }
        let frame = profile.frames[first]
        let known = mapping(of: frame)
        let lines = chain.reversed().map { index in
            let frame = profile.frames[index]
            return OTLPDictionary.Line(function: dictionary.function(of: frame), line: frame.line)
        }
        let isMapped = known.mapping != nil
        let address = isMapped ? frame.address : frame.fileOffset ?? frame.address
        let type = dictionary.attribute("profile.frame.type", .text(Self.type(of: frame.kind)))
        let number = dictionary.location(
            OTLPDictionary.Location(
                mapping: known.number, address: address ?? 0, lines: lines, attributes: [type]))
        if chain.count == 1 { single[first] = number }
        return number
    }

    private mutating func mapping(of frame: Frame) -> (number: Int, mapping: ModuleMapping?) {
        guard !frame.module.isEmpty || !frame.buildID.isEmpty else { return (0, nil) }
        let known = frame.address.flatMap { address in
            profile.mappings.first { $0.module == frame.module && $0.addresses.contains(address) }
        }
        let key = MappingKey(module: frame.module, buildID: frame.buildID, mapping: known)
        if let number = mappingNumbers[key] { return (number, known) }
        var mapping = OTLPDictionary.Mapping(file: dictionary.string(frame.module))
        mapping.start = known?.addresses.lowerBound ?? 0
        mapping.limit = known?.addresses.upperBound ?? 0
        mapping.fileOffset = known?.fileOffset ?? 0
        if !frame.buildID.isEmpty {
            let buildID = OTLPDictionary.Attribute.Value.text(frame.buildID)
            mapping.attributes = [
                dictionary.attribute("process.executable.build_id.gnu", buildID)
            ]
        }
        let number = dictionary.mapping(mapping)
        mappingNumbers[key] = number
        return (number, known)
    }

    private static func type(of kind: Frame.Kind) -> String {
        switch kind {
        case .user, .inlined: "native"
        case .kernel: "kernel"
        case .jit: "jit"
        case .truncated: "abort-marker"
        }
    }
}
