/// Slow calls for people: a line each, its stack indented below, innermost frame first.
package struct SlowCallText: Renderer {
    /// Slow calls as text.
    package init() {}

    package func render(_ call: SlowCall) -> String {
        let caller = call.caller
        var text =
            HumanUnits.time(call.timeNanoseconds)
            + "  " + HumanUnits.duration(call.durationNanoseconds)
            + "  " + place(of: call.function, in: call.module)
            + "  \(HarmlessText.of(caller.command)) (pid \(caller.process), tid \(caller.thread))\n"
        for frame in call.frames.reversed() {
            text += "    \(place(of: frame.name, in: frame.module))\n"
        }
        return text
    }

    private func place(of function: String, in module: String) -> String {
        let name = HarmlessText.of(function)
        return module.isEmpty ? name : "\(name) (\(HarmlessText.fileName(of: module)))"
    }
}
