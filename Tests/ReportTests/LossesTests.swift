import Report
import Testing

@Suite("Losses")
struct LossesTests {
    @Test("have the documented keys, in their order")
    func keys() {
        #expect(
            Losses().entries.map(\.reason.key) == [
                "abandoned_frames", "thread_exited", "exec", "returns_without_entry", "too_deep",
                "running_at_end", "thread_table_full", "stack_table_full", "ring_full",
                "missed_by_kernel", "stacks_truncated",
                "tail_calls", "on_signal_stack",
            ])
    }

    @Test("count by reason")
    func counting() {
        var losses: Losses = [.exec: 2, .tooDeep: 1]
        losses[.exec] += 1
        #expect(losses[.exec] == 3)
        #expect(losses.occurred.map(\.reason) == [.exec, .tooDeep])
        losses.merge([.exec: .max])
        #expect(losses[.exec] == .max)
    }

    @Test("take reasons of others, behind the known ones")
    func others() {
        let reason = LossReason(key: "gremlins", subject: "sample", explanation: "eaten")
        var losses = Losses()
        #expect(losses[reason] == 0)
        losses[reason] = 1
        #expect(losses.entries.last?.reason.key == "gremlins")
        #expect(losses.entries.count == LossReason.known.count + 1)
    }

    @Test(
        "are explained in a line",
        arguments: [
            (.abandonedFrames, 1, "1 call left by longjmp or an exception"),
            (.threadExited, 2, "2 calls cut off by the end of the thread"),
            (.exec, 1_000, "1,000 calls cut off by exec"),
            (.returnsWithoutEntry, 3, "3 returns without a recorded entry"),
            (.ringFull, 1, "1 slow call not reported: the ring buffer was full"),
            (.missedByKernel, 4, "4 probe hits missed by the kernel"),
        ] as [(LossReason, UInt64, String)])
    func description(reason: LossReason, count: UInt64, line: String) {
        #expect(reason.description(of: count) == line)
    }
}
