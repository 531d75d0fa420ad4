internal import Bytes

/// Folds the output of `perf script` as stackcollapse-perf.pl does, with two differences: a last
/// sample that no empty line ends counts, and `(deleted)` behind a module is no part of a name.
struct PerfScriptFolder: LineFolder {
    private(set) var stacks = StackCounter()
    /// The event that is counted, once it is known.
    private(set) var event: [UInt8]?
    /// Whether there were samples of other events, although none was asked for.
    private(set) var hasOtherEvents = false

    private let options: PerfScriptOptions
    private let eventIsGiven: Bool
    private var frames: PerfFrameTable
    private var javaFrames: PerfFrameTable
    private var stack: [UInt32] = []  // leaf first
    private var process: UInt32?
    private var isJava = false
    private var period = StackCount(1)

    /// A folder; an event that is known beforehand counts as the first one met.
    init(_ options: PerfScriptOptions, firstEvent: [UInt8]? = nil) {
        self.options = options
        eventIsGiven = options.event?.isEmpty == false
        event = eventIsGiven ? options.event.map { Array($0.utf8) } : firstEvent
        frames = PerfFrameTable(options, isJava: false)
        javaFrames = PerfFrameTable(options, isJava: true)
    }

    mutating func read(_ line: Span<UInt8>) {
        guard line.count > 0 else { return endSample() }
        switch line[0] {
        case UInt8(ascii: "#"): return
        case UInt8(ascii: " "), UInt8(ascii: "\t"): readFrame(line)
        default:
            if let header = PerfHeader(line) {
                startSample(header, line)
            } else {
                readFrame(line)
            }
        }
    }

    mutating func finish() { endSample() }

    private mutating func readFrame(_ line: Span<UInt8>) {
        guard let frame = PerfFrameLine(line) else {
            stacks.unreadableLines += 1
            return
        }
        guard process != nil else { return }
        if isJava {
            javaFrames.append(frame, line, to: &stack, &stacks)
        } else {
            frames.append(frame, line, to: &stack, &stacks)
        }
    }

    private mutating func startSample(_ header: PerfHeader, _ line: Span<UInt8>) {
        if let range = header.event, !isCounted(line.extracting(range)) { return }
        if process != nil { stacks.unfinishedSamples += 1 }
        let text = line.extracting(header.period)
        period = StackCount(text.bytes) ?? StackCount(1)
        if line.extracting(header.period).array == [UInt8(ascii: "0")] { period = StackCount(1) }
        let name = name(header, line)
        isJava = name.span.starts(with: "java")
        process = stacks.name(name.span.bytes)
    }

    private mutating func isCounted(_ event: Span<UInt8>) -> Bool {
        guard let expected = self.event else {
            self.event = event.array
            return true
        }
        let isSame =
            expected.count == event.count && event.bytes.hasBytes(expected.span.bytes, at: 0)
        if !isSame, !eventIsGiven { hasOtherEvents = true }
        return isSame
    }

    /// The thread's name; a thread number of 0 is none, and the process then unknown.
    private func name(_ header: PerfHeader, _ line: Span<UInt8>) -> [UInt8] {
        var name = line.extracting(header.command).array
        if options.includesProcess || options.includesThread {
            var process = line.extracting(header.process).array
            var thread = line.extracting(header.thread).array
            if thread.isEmpty || thread == [UInt8(ascii: "0")] {
                thread = process
                process = [UInt8(ascii: "?")]
            }
            name += "-".utf8 + process
            if options.includesThread { name += "/".utf8 + thread }
        }
        return name.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "_") : $0 }
    }

    private mutating func endSample() {
        guard let process else { return }
        stack.append(process)
        stack.reverse()
        stacks.add(stack, period)
        stack.removeAll(keepingCapacity: true)
        self.process = nil
    }
}
