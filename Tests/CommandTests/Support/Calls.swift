/// Which functions call which, and in how many samples.
struct Calls {
    /// A function and what it calls; `?` is one without a name.
    struct Call: Hashable, CustomStringConvertible {
        var caller: String
        var callee: String

        var description: String { "\(caller) -> \(callee)" }
    }

    private var counts: [Call: UInt64] = [:]

    /// The calls that stacks consist of.
    init(_ stacks: [NamedStack]) {
        for stack in stacks {
            let calls = zip(stack.frames, stack.frames.dropFirst())
                .map { Call(caller: $0, callee: $1) }
            for call in Set(calls) { counts[call, default: 0] += stack.count }
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
}
