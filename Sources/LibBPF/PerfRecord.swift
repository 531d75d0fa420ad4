/// What a sampling event reports.
package enum PerfRecord: Sendable, Equatable {
    /// A sample.
    case sample(PerfSample)
    /// A thread's name, of at most 15 bytes, and whether it got it by an exec.
    case named(process: Int32, thread: Int32, name: String)
    /// Something happened to a process.
    case task(TaskEvent)
    /// This many samples were lost.
    case lost(UInt64)

    /// Reads one record, header included: nothing for kinds of no interest, and for damaged ones.
    static func all(in record: RawSpan, hasKernelFrames: Bool) -> [PerfRecord] {
        guard record.byteCount >= 8 else { return [] }
        switch Kind(rawValue: record.unsafeLoadUnaligned(as: UInt32.self)) {
        case .sample:
            return PerfSample(record: record, hasKernelFrames: hasKernelFrames)
                .map { [.sample($0)] } ?? [.lost(1)]
        case .comm:
            let renaming = name(record).map { [$0] } ?? []
            return renaming + (TaskEvent(record: record).map { [.task($0)] } ?? [])
        case .lostSamples where record.byteCount >= 16:
            return [.lost(record.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self))]
        default:
            guard let event = TaskEvent(record: record) else { return [] }
            if case .lost(let count) = event { return [.lost(count), .task(event)] }
            return [.task(event)]
        }
    }

    /// When a record was written, in nanoseconds of the event's clock: what is behind a record by
    /// `sample_id_all`, or the time of a sample.
    static func time(of record: RawSpan) -> UInt64 {
        guard record.byteCount >= 16 else { return 0 }
        let isSample = Kind(rawValue: record.unsafeLoadUnaligned(as: UInt32.self)) == .sample
        let offset = isSample ? 24 : record.byteCount - 8
        guard offset <= record.byteCount - 8 else { return 0 }
        return record.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    private static func name(_ record: RawSpan) -> PerfRecord? {
        guard record.byteCount > 16 else { return nil }
        let name = record.extracting(droppingFirst: 16).withUnsafeBytes { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return .named(
            process: record.unsafeLoadUnaligned(fromByteOffset: 8, as: Int32.self),
            thread: record.unsafeLoadUnaligned(fromByteOffset: 12, as: Int32.self), name: name)
    }

    private enum Kind: UInt32 {
        case comm = 3
        case sample = 9
        case lostSamples = 13
    }
}
