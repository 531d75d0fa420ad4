/// Something the kernel tells about processes in passing: a side-band record of perf events.
///
/// Source: `enum perf_event_type` in include/uapi/linux/perf_event.h.
package enum TaskEvent: Sendable, Equatable {
    /// A file was mapped executable.
    case mapped(Mapping)
    /// A process replaced its program.
    case executed(process: Int32)
    /// A process came to be by fork, or a thread by clone.
    case forked(process: Int32, thread: Int32, parent: Int32)
    /// A thread ended.
    case exited(process: Int32, thread: Int32)
    /// The kernel had no room for this many records.
    case lost(UInt64)

    /// One executable mapping.
    package struct Mapping: Sendable, Equatable {
        /// The process whose address space it is.
        package let process: Int32
        /// First address.
        package let address: UInt64
        /// Size in bytes.
        package let length: UInt64
        /// Where the mapping starts in the file, in bytes.
        package let fileOffset: UInt64
        /// The file's inode number.
        package let inode: UInt64
        /// The file's path in the process's own mount namespace.
        package let path: String
    }
}

extension TaskEvent {
    /// Reads one record, header included; nil for kinds that are of no interest.
    init?(record: RawSpan) {
        guard record.byteCount >= 16 else { return nil }
        let misc = record.unsafeLoadUnaligned(fromByteOffset: 4, as: UInt16.self)
        let process = record.unsafeLoadUnaligned(fromByteOffset: 8, as: Int32.self)
        let thread = record.unsafeLoadUnaligned(fromByteOffset: 12, as: Int32.self)
        switch Kind(rawValue: record.unsafeLoadUnaligned(as: UInt32.self)) {
        case .lost where record.byteCount >= 24:
            self = .lost(record.unsafeLoadUnaligned(fromByteOffset: 16, as: UInt64.self))
        case .comm where misc & Self.commOfExec != 0:
            self = .executed(process: process)
        case .exit where record.byteCount >= 24:
            self = .exited(
                process: process,
                thread: record.unsafeLoadUnaligned(fromByteOffset: 16, as: Int32.self))
        case .fork where record.byteCount >= 24:
            self = .forked(
                process: process,
                thread: record.unsafeLoadUnaligned(fromByteOffset: 16, as: Int32.self),
                parent: thread)
        case .mmap2 where record.byteCount > Self.mappedPathOffset:
            self = .mapped(Mapping(record: record, process: process))
        default:
            return nil
        }
    }

    /// PERF_RECORD_MISC_COMM_EXEC.
    private static let commOfExec: UInt16 = 1 << 13
    /// Offset of the file name in a PERF_RECORD_MMAP2.
    fileprivate static let mappedPathOffset = 72

    private enum Kind: UInt32 {
        case lost = 2
        case comm = 3
        case exit = 4
        case fork = 7
        case mmap2 = 10
    }
}

extension TaskEvent.Mapping {
    /// Reads a PERF_RECORD_MMAP2, whose fixed part is known to be there.
    fileprivate init(record: RawSpan, process: Int32) {
        self.process = process
        address = record.unsafeLoadUnaligned(fromByteOffset: 16, as: UInt64.self)
        length = record.unsafeLoadUnaligned(fromByteOffset: 24, as: UInt64.self)
        fileOffset = record.unsafeLoadUnaligned(fromByteOffset: 32, as: UInt64.self)
        inode = record.unsafeLoadUnaligned(fromByteOffset: 48, as: UInt64.self)
        let name = record.extracting(droppingFirst: TaskEvent.mappedPathOffset)
        path = name.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
