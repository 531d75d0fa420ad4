/// Slow calls as a trace in Chrome's JSON, which chrome://tracing, Perfetto and speedscope open.
///
/// Times are in microseconds since the first call began; `start_ns` is when that was.
package struct ChromeTrace: Renderer {
    /// Chrome's format.
    package init() {}

    package func render(_ calls: [SlowCall]) -> String {
        let start = calls.map(Self.start).min() ?? 0
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("displayTimeUnit", "ns")
            writer.object("otherData") { $0.member("start_ns", start) }
            let threads = Self.threads(calls)
            writer.array("traceEvents", of: threads.map(Event.thread) + calls.map(Event.call)) {
                $1.write(&$0, start)
            }
        }
        return writer.text + "\n"
    }

    fileprivate static func start(_ call: SlowCall) -> UInt64 {
        let (start, overflow) = call.timeNanoseconds.subtractingReportingOverflow(
            call.durationNanoseconds)
        return overflow ? 0 : start
    }

    /// Each thread once, with the name it had last.
    private static func threads(_ calls: [SlowCall]) -> [SlowCall.Caller] {
        var callers: [Int32: SlowCall.Caller] = [:]
        for call in calls { callers[call.caller.thread] = call.caller }
        return callers.values.sorted { $0.thread < $1.thread }
    }
}

/// An element of the trace.
private enum Event {
    case thread(SlowCall.Caller)
    case call(SlowCall)

    func write(_ writer: inout JSONWriter, _ start: UInt64) {
        switch self {
        case .thread(let caller):
            writer.member("ph", "M")
            writer.member("name", "thread_name")
            writer.member("pid", caller.process)
            writer.member("tid", caller.thread)
            writer.object("args") { $0.member("name", caller.command) }
        case .call(let call):
            writer.member("ph", "X")
            writer.member("name", call.function)
            writer.member("cat", call.module)
            writer.member("pid", call.caller.process)
            writer.member("tid", call.caller.thread)
            writer.member("ts", thousandths: ChromeTrace.start(call) - start)
            writer.member("dur", thousandths: call.durationNanoseconds)
            let stack = call.frames.reversed().map(\.name)
            if !stack.isEmpty { writer.object("args") { $0.array("stack", strings: stack) } }
        }
    }
}
