/// Which functions call which, and in how many samples.
struct Calls {
    /// A function and what it calls; `?` is one without a name.
    struct Call: Hashable, CustomStringConvertible {
        var caller: String
        var callee: String

        var description: String { "\(caller) -> \(callee)" }
    }

    private var counts: [Call: UInt64] = [:]

    /// The calls of stacks that uprof has recorded; the first frame is the thread's name.
    init(_ stacks: [Recording.Stack]) {
        for stack in stacks where stack.isWhole {
            add(stack.frames.dropFirst().map { Self.plain($0) }, count: stack.value)
        }
    }

    /// The calls in what `perf script -F ip,sym` has printed.
    init(script: String) {
        var frames: [String] = []
        for line in (script + "\n\n").split(separator: "\n", omittingEmptySubsequences: false) {
            let fields = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
            if fields.count == 2, fields[0].hasPrefix("ffffffff") {
                continue  // the kernel's part
            } else if fields.count == 2 {
                frames.append(Self.plain(String(fields[1])))
            } else if !frames.isEmpty {
                add(frames.reversed(), count: 1)
                frames = []
            }
        }
    }

    /// Those that another recording of as many samples misses with a probability of less than
    /// exp(-12). A call between functions without names says nothing.
    var often: [Call: UInt64] {
        counts.filter { $0.value >= 12 && ($0.key.caller != "?" || $0.key.callee != "?") }
    }

    /// Whether a call was seen; where one of both has no name for the caller or for what is called,
    /// the other end of the call has to be the same.
    func contains(_ call: Call) -> Bool {
        if counts[call] != nil { return true }
        return counts.keys.contains { known in
            (known.caller == call.caller && (known.callee == "?" || call.callee == "?"))
                || (known.callee == call.callee && (known.caller == "?" || call.caller == "?"))
        }
    }

    private mutating func add(_ frames: [String], count: UInt64) {
        let calls = zip(frames, frames.dropFirst()).map { Call(caller: $0, callee: $1) }
        for call in Set(calls) { counts[call, default: 0] += count }
    }

    /// A function's name without its parameters, version or stub.
    private static func plain(_ name: String) -> String {
        if name.hasPrefix("[unknown") { return "?" }
        let end = name.firstIndex { $0 == "(" || $0 == "@" } ?? name.endIndex
        return String(name[..<end])
    }
}
