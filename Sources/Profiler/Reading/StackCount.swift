internal import CUprofABI
internal import LibBPF
internal import Symbolizer

/// How often a function was called from one stack of one process.
struct StackCount: Sendable {
    /// The function's id.
    let function: Int
    let process: ProcessID
    let stack: SampledStack
    let calls: UInt64
    let totalNanoseconds: UInt64
}

extension ProbeObject {
    /// All stacks counted so far, in no order.
    ///
    /// - Throws: `BPFError` if a map cannot be read.
    func stackCounts() throws(BPFError) -> [StackCount] {
        let counts = try object.mapView("stack_counts")
        let stacks = try object.mapView("stacks")
        var known: [UInt64: SampledStack] = [:]
        var result: [StackCount] = []
        for key in try counts.keys(as: uprof_stack_key.self) {
            guard let count = counts.value(of: key, as: uprof_stack_count.self), count.calls > 0
            else { continue }
            if known[key.stack_hash] == nil {
                known[key.stack_hash] = stacks.bytes(of: key.stack_hash).flatMap { bytes in
                    SampledStack(bytes: bytes.span.bytes)
                }
            }
            guard let stack = known[key.stack_hash] else { continue }
            result.append(
                StackCount(
                    function: Int(key.function),
                    process: ProcessID(Int32(bitPattern: key.process)),
                    stack: stack,
                    calls: count.calls,
                    totalNanoseconds: count.total_ns))
        }
        return result
    }

    /// How many calls of how many threads are running at this moment.
    ///
    /// - Throws: `BPFError` if the map cannot be read.
    func callsInFlight() throws(BPFError) -> UInt64 {
        let threads = try object.mapView("threads")
        var calls: UInt64 = 0
        for thread in try threads.keys(as: UInt32.self) {
            // The header comes first in a larger value.
            guard let bytes = threads.bytes(of: thread) else { continue }
            calls += UInt64(
                bytes.withUnsafeBytes { $0.loadUnaligned(as: uprof_thread_header.self) }.depth)
        }
        return calls
    }

    /// How many events were lost for a reason so far.
    ///
    /// - Throws: `BPFError` if the map cannot be read.
    func lossCount(_ reason: uprof_loss) throws(BPFError) -> UInt64 {
        try object.mapView("losses").value(of: reason.rawValue, as: UInt64.self) ?? 0
    }
}
