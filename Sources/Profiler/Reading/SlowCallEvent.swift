internal import CUprofABI
internal import LibBPF
internal import Symbolizer

/// One slow call as it comes from the ring buffer. Source: `struct uprof_slow_call`.
struct SlowCallEvent: Sendable {
    /// When it returned, in nanoseconds of CLOCK_MONOTONIC.
    let endNanoseconds: UInt64
    let durationNanoseconds: UInt64
    let process: ProcessID
    let thread: Int32
    /// The function's id.
    let function: Int
    let comm: String
    let stack: SampledStack
}

extension SlowCallEvent {
    /// Reads a record; nil if it is too short.
    init?(record: RawSpan) {
        let header = MemoryLayout<uprof_slow_call>.size
        let stackOffset = header - MemoryLayout<uprof_stack>.size
        guard record.byteCount >= header,
            let stack = SampledStack(bytes: record.extracting(droppingFirst: stackOffset))
        else { return nil }
        endNanoseconds = record.unsafeLoadUnaligned(as: UInt64.self)
        durationNanoseconds = record.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self)
        process = ProcessID(record.unsafeLoadUnaligned(fromByteOffset: 16, as: Int32.self))
        thread = record.unsafeLoadUnaligned(fromByteOffset: 20, as: Int32.self)
        function = Int(record.unsafeLoadUnaligned(fromByteOffset: 24, as: UInt32.self))
        let comm = record.extracting(32..<32 + Int(UPROF_COMM_LENGTH))
        self.comm = comm.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        self.stack = stack
    }
}

extension ProbeObject {
    /// Starts reading slow calls; each goes to `receive`.
    ///
    /// - Throws: `BPFError` if the buffer cannot be read.
    func readSlowCalls(
        _ receive: @escaping (SlowCallEvent) -> Void
    ) throws(BPFError) -> SlowCallReader {
        try SlowCallReader(self) { record in
            if let event = SlowCallEvent(record: record) { receive(event) }
        }
    }
}
