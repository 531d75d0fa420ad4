import Testing

@testable import LibBPF

/// Records of perf events, as the kernel writes them (include/uapi/linux/perf_event.h).
@Suite struct TaskEventTests {
    /// A header: type, misc, size; and the ids most records have next.
    private static func record(
        type: UInt8, misc: [UInt8] = [0x02, 0x00], rest: [UInt8]
    ) -> [UInt8] {
        [
            type, 0x00, 0x00, 0x00,  // type
            misc[0], misc[1], UInt8(16 + rest.count), 0x00,  // misc, size
            0xd2, 0x04, 0x00, 0x00,  // pid: 1234
            0xd3, 0x04, 0x00, 0x00,  // tid or ppid: 1235
        ] + rest
    }

    private static let mapping = record(
        type: 10,  // PERF_RECORD_MMAP2
        rest: [
            0x00, 0x10, 0x40, 0x00, 0x00, 0x00, 0x00, 0x00,  // addr: 0x401000
            0x00, 0x20, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // len: 0x2000
            0x00, 0x30, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // pgoff: 0x3000
            0xfe, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00,  // maj, min
            0x4f, 0x15, 0x05, 0x00, 0x00, 0x00, 0x00, 0x00,  // ino: 333135
            0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // ino_generation
            0x05, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00,  // prot, flags
            0x2f, 0x6c, 0x69, 0x62, 0x2f, 0x78, 0x00, 0x00,  // filename: "/lib/x"
        ])

    struct Case: CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var event: TaskEvent?
        /// The shortest record that says all.
        var needed: Int

        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "a mapping", bytes: mapping,
            event: .mapped(
                TaskEvent.Mapping(
                    process: 1234, address: 0x401000, length: 0x2000, fileOffset: 0x3000,
                    inode: 333_135, path: "/lib/x")),
            needed: 73),
        Case(
            name: "an exec",
            bytes: record(
                type: 3, misc: [0x02, 0x20],  // PERF_RECORD_COMM, MISC_COMM_EXEC
                rest: [0x74, 0x72, 0x75, 0x65, 0x00, 0x00, 0x00, 0x00]),  // comm: "true"
            event: .executed(process: 1234), needed: 16),
        Case(
            name: "a change of name",
            bytes: record(type: 3, rest: [0x74, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00]),
            event: nil, needed: 16),
        Case(
            name: "an exit",
            bytes: record(
                type: 4,
                rest: [
                    0xd4, 0x04, 0x00, 0x00,  // tid: 1236
                    0xd2, 0x04, 0x00, 0x00,  // ptid
                    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // time
                ]),
            event: .exited(process: 1234, thread: 1236), needed: 24),
        Case(
            name: "a fork",
            bytes: record(
                type: 7,
                rest: [
                    0xd4, 0x04, 0x00, 0x00,  // tid: 1236
                    0xd2, 0x04, 0x00, 0x00,  // ptid
                    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // time
                ]),
            event: .forked(process: 1234, thread: 1236, parent: 1235), needed: 24),
        Case(
            name: "records that were lost",
            bytes: record(type: 2, rest: [0x2a, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00]),
            event: .lost(42), needed: 24),
        Case(
            name: "a sample",
            bytes: record(type: 9, rest: [0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00]),
            event: nil, needed: 16),
    ]

    @Test(arguments: cases)
    func readsARecord(_ expected: Case) {
        let event = TaskEvent(record: expected.bytes.span.bytes)
        #expect(event == expected.event)
    }

    /// A record that is cut off says nothing, or all that it is asked for.
    @Test(arguments: cases)
    func survivesEveryPrefix(_ expected: Case) {
        for count in 0..<expected.bytes.count {
            let prefix = Array(expected.bytes.prefix(count))
            let event = TaskEvent(record: prefix.span.bytes)
            if count < expected.needed { #expect(event == nil, "\(count) bytes") }
        }
    }
}
