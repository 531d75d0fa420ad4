/// A slow call as one line of JSON, schema `uprof.slow-call/1`; see `docs/formats.md`.
package struct SlowCallJSON: Renderer {
    /// Slow calls as JSON.
    package init() {}

    package func render(_ call: SlowCall) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", "uprof.slow-call/1")
            writer.member("time_ns", call.timeNanoseconds)
            writer.member("pid", call.caller.process)
            writer.member("tid", call.caller.thread)
            writer.member("comm", call.caller.command)
            writer.member("duration_ns", call.durationNanoseconds)
            writer.member("module", call.module)
            writer.member("function", call.function)
            writer.array("stack", of: call.frames.reversed()) { writer, frame in
                writer.member("module", frame.module)
                writer.member("function", frame.name)
                writer.member("kind", frame.kind.rawValue)
            }
        }
        return writer.text + "\n"
    }
}
