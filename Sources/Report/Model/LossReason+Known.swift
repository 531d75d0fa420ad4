extension LossReason {
    /// The frame was left without a return.
    package static let abandonedFrames = LossReason(
        key: "abandoned_frames", subject: "call", explanation: "left by longjmp or an exception")

    /// The thread ended inside the call.
    package static let threadExited = LossReason(
        key: "thread_exited", subject: "call", explanation: "cut off by the end of the thread")

    /// The program was replaced inside the call.
    package static let exec = LossReason(
        key: "exec", subject: "call", explanation: "cut off by exec")

    /// A return of a call whose entry was not seen.
    package static let returnsWithoutEntry = LossReason(
        key: "returns_without_entry", subject: "return", explanation: "without a recorded entry")

    /// The kernel tracks no deeper nesting (`MAX_URETPROBE_DEPTH`).
    package static let tooDeep = LossReason(
        key: "too_deep", subject: "call",
        explanation: "nested deeper than the kernel's 64 return probes per thread")

    /// The call had not returned when the measurement ended.
    package static let runningAtEnd = LossReason(
        key: "running_at_end", subject: "call",
        explanation: "still running at the end of the measurement", isLoss: false)

    /// More threads than the kernel-side table holds.
    package static let threadTableFull = LossReason(
        key: "thread_table_full", subject: "call",
        explanation: "not measured: the thread table was full")

    /// More stacks than the kernel-side table holds.
    package static let stackTableFull = LossReason(
        key: "stack_table_full", subject: "stack",
        explanation: "not kept: the stack table was full")

    /// Slow calls came faster than they were read.
    package static let ringFull = LossReason(
        key: "ring_full", subject: "slow call",
        explanation: "not reported: the ring buffer was full")

    /// The kernel passed over the probe and counted that.
    package static let missedByKernel = LossReason(
        key: "missed_by_kernel", subject: "probe hit", explanation: "missed by the kernel")

    /// A stack that ends before its root.
    package static let stacksTruncated = LossReason(
        key: "stacks_truncated", subject: "stack",
        explanation: "cut short; the stack says why", isLoss: false)

    /// A return probe there would have made the kernel forget those of what the signal interrupted.
    package static let onSignalStack = LossReason(
        key: "on_signal_stack", subject: "call",
        explanation: "of a signal handler on an alternate stack above the interrupted one: "
            + "measuring it would end the program; see --returns exits")

    /// The call ended with a jump to another function, seen as its end where exits are probed.
    package static let tailCalls = LossReason(
        key: "tail_calls", subject: "call",
        explanation: "ended in a tail call: the time of the function called is not part of it",
        isLoss: false)

    /// The reasons that are always reported, even if nothing was lost, in their order.
    package static let known: [LossReason] = [
        abandonedFrames, threadExited, exec, returnsWithoutEntry, tooDeep, runningAtEnd,
        threadTableFull, stackTableFull, ringFull, missedByKernel,
        stacksTruncated, tailCalls, onSignalStack,
    ]
}
