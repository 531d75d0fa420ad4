import Report

extension LatencyReport {
    /// Three functions, one of them without calls, and losses.
    static var sample: LatencyReport {
        var malloc = FunctionLatency(
            module: "/usr/lib/libc.so.6", function: "malloc", probe: .multi, siteOffset: 4_660)
        for _ in 0..<1_000 { malloc.record(300) }
        let free = FunctionLatency(
            module: "/usr/lib/libc.so.6", function: "free", probe: .multi, siteOffset: 22_136)
        var compact = FunctionLatency(
            module: "kvstore", function: "compact", probe: .session, siteOffset: 16)
        compact.record(1_500_000)
        return LatencyReport(
            durationNanoseconds: 10_000_000_000, functions: [malloc, free, compact],
            losses: [.tooDeep: 3, .runningAtEnd: 1], notes: ["stacks need frame pointers"])
    }
}

extension SlowCall {
    /// A call with a stack.
    static var sample: SlowCall {
        SlowCall(
            timeNanoseconds: 1_772_368_496_123_456_789,
            caller: Caller(process: 71, thread: 72, command: "worker \"1\""),
            durationNanoseconds: 12_345_678, module: "kvstore", function: "compact",
            frames: [
                .truncated("no frame pointers in libz.so"),
                Frame("main", module: "/usr/bin/kvstore"),
                Frame("compact", module: "/usr/bin/kvstore", kind: .inlined),
            ])
    }
}
