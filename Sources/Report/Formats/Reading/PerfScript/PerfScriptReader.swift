internal import Bytes

/// Reads the output of `perf script` with all that a profile can keep: threads, modules, kinds.
///
/// The names of frames, and the thread's name as the root, are those that folding gives.
struct PerfScriptReader: LineFolder {
    private struct Key: Hashable {
        var stack: [Int]
        var labels: Int
    }

    private struct Counts {
        var periods: UInt64 = 0
        var samples: UInt64 = 0
    }

    /// Only lines that could not be read are counted here.
    private(set) var stacks = StackCounter()
    /// Whether there were samples of other events.
    private(set) var hasOtherEvents = false
    private(set) var event: [UInt8]?

    private let options: PerfScriptOptions
    private let names: PerfFrameNames
    private var table = StackProfile(valueKinds: [])
    private var lines = NameTable()
    private var chains: [[Int]] = []  // innermost first
    private var stack: [Int] = []  // leaf first
    private var counts: [Key: Int] = [:]
    private var entries: [(key: Key, counts: Counts)] = []
    private var labels: SampleLabels?
    private var root = Frame("")
    private var period: UInt64?
    private var hasPeriods = false

    init(_ options: PerfScriptOptions) {
        self.options = options
        names = PerfFrameNames(options)
        event = options.event.map { Array($0.utf8) }
    }

    mutating func read(_ line: Span<UInt8>) {
        guard line.count > 0 else { return endSample() }
        if line[0] == UInt8(ascii: "#") { return }
        if !ASCII.isSpace(line[0]), let header = PerfHeader(line) {
            startSample(header, line)
        } else if let frame = PerfFrameLine(line) {
            if labels != nil { append(frame, line) }
        } else {
            stacks.unreadableLines += 1
        }
    }

    mutating func finish() { endSample() }

    /// The samples of one event, by thread and stack.
    func profile() -> StackProfile {
        let samples = StackProfile.ValueKind.samples
        var profile = StackProfile(valueKinds: hasPeriods ? [kind, samples] : [samples])
        for frame in table.frames { _ = profile.index(of: frame) }
        for labels in table.labelSets { _ = profile.index(of: labels) }
        for (key, counts) in entries {
            let values = hasPeriods ? [counts.periods, counts.samples] : [counts.samples]
            profile.add(stack: key.stack, values: values, labels: key.labels)
        }
        return profile
    }

    /// Clocks count nanoseconds, and all other events themselves.
    private var kind: StackProfile.ValueKind {
        let name = event.map { String(decoding: $0, as: UTF8.self) } ?? "events"
        let plain = name.split(separator: ":").first.map(String.init) ?? name
        return ["cpu-clock", "task-clock"].contains(plain)
            ? .cpuNanoseconds : StackProfile.ValueKind(name: name, measure: "count")
    }

    private mutating func startSample(_ header: PerfHeader, _ line: Span<UInt8>) {
        if let range = header.event {
            let found = line.extracting(range).array
            if event == nil { event = found }
            guard found == event else {
                hasOtherEvents = true
                return
            }
        }
        if labels != nil { stacks.unfinishedSamples += 1 }
        let numbers = [header.process, header.thread].map {
            Int32(line.extracting($0).bytes.text)
        }
        let command = line.extracting(header.command).trimmed().bytes.text
        labels = SampleLabels(
            process: numbers[1] == nil ? nil : numbers[0], thread: numbers[1] ?? numbers[0],
            command: command)
        root = Frame(line.extracting(header.command).bytes.text.replacing(" ", with: "_"))
        period = UInt64(line.extracting(header.period).bytes.text)
        if period != nil { hasPeriods = true }
    }

    private mutating func append(_ frame: PerfFrameLine, _ line: Span<UInt8>) {
        let function = line.extracting(frame.function)
        let isUnknown = function.starts(with: "[unknown]")
        // Addresses tell frames without a name apart; for others they would only be many.
        let key = isUnknown ? line.extracting(frame.address.lowerBound...) : function
        let isJava = labels?.command?.hasPrefix("java") == true
        let number = lines.number(
            of: key.bytes, line.extracting(frame.moduleWithParentheses).bytes)
        if number == chains.count { chains.append(chain(frame, line, isJava, isUnknown)) }
        stack += chains[number]
    }

    private mutating func chain(
        _ line: PerfFrameLine, _ text: Span<UInt8>, _ isJava: Bool, _ isUnknown: Bool
    ) -> [Int] {
        let module = text.extracting(line.module)
        let address = text.extracting(line.address)
        let all = names.names(
            function: text.extracting(line.function).array, module: module.array,
            address: address.array, isJava: isJava)
        return all.enumerated().reversed().map { depth, name in
            let isKnown = module.first(of: "unknown") == nil && !Self.isInlined(module)
            var frame = Frame(
                String(decoding: name, as: UTF8.self), module: isKnown ? module.bytes.text : "")
            frame.kind = depth > 0 || Self.isInlined(module) ? .inlined : FrameKind.of(frame)
            if isUnknown { frame.address = UInt64(address.bytes.text, radix: 16) }
            return table.index(of: frame)
        }
    }

    /// perf's word where a frame has no module of its own.
    private static func isInlined(_ module: Span<UInt8>) -> Bool {
        module.count == "inlined".utf8.count && module.starts(with: "inlined")
    }

    private mutating func endSample() {
        guard let labels else { return }
        let frames = [table.index(of: root)] + stack.reversed()
        let key = Key(stack: frames, labels: table.index(of: labels))
        let index = counts[key] ?? entries.count
        if index == entries.count {
            counts[key] = index
            entries.append((key, Counts()))
        }
        entries[index].counts.samples.addClamping(1)
        let isCounted = period != nil && period != 0
        entries[index].counts.periods.addClamping(isCounted ? period ?? 1 : 1)
        stack.removeAll(keepingCapacity: true)
        self.labels = nil
    }
}
