import Testing

@testable import LibBPF

/// Records of sampling events, as the kernel writes them (include/uapi/linux/perf_event.h).
@Suite struct PerfRecordTests {
    private static func bytes(_ words: [UInt64]) -> [UInt8] {
        words.flatMap { word in (0..<8).map { UInt8(word >> (8 * $0) & 0xff) } }
    }

    /// A header: the type, PERF_RECORD_MISC_USER and the size.
    private static func record(type: UInt64, _ words: [UInt64]) -> [UInt8] {
        bytes([type | 2 << 32 | UInt64(8 + 8 * words.count) << 48] + words)
    }

    private static let registers: [UInt64] =
        [0x0a, 0x0b, 0x0c, 0x0d, 0x51, 0xd1, 0xb9, 0x59]  // ax bx cx dx si di bp sp
        + [0x401000] + [8, 9, 10, 11, 12, 13, 14, 15]  // ip, r8 to r15

    private static func sample(
        kernel: [UInt64]?, abi: UInt64 = 2, stack: [UInt64] = [0x1111, 0x2222, 0, 0],
        filled: UInt64 = 16
    ) -> [UInt8] {
        var words: [UInt64] = [0x401000, 1234 | 1235 << 32, 99]  // ip, pid and tid, time
        if let kernel { words += [UInt64(kernel.count)] + kernel }
        words += [abi] + (abi == 0 ? [] : registers)
        words += [UInt64(stack.count * 8)] + stack + (stack.isEmpty ? [] : [filled])
        return record(type: 9, words)
    }

    private func read(_ bytes: [UInt8], hasKernelFrames: Bool = false) -> [PerfRecord] {
        PerfRecord.all(in: bytes.span.bytes, hasKernelFrames: hasKernelFrames)
    }

    @Test func `a sample has its registers by DWARF's numbers`() throws {
        guard case .sample(let sample)? = read(Self.sample(kernel: nil)).first else {
            Issue.record("no sample")
            return
        }
        #expect(sample.process == 1234)
        #expect(sample.thread == 1235)
        #expect(sample.programCounter == 0x401000)
        #expect(
            sample.registers == [
                0x0a, 0x0d, 0x0c, 0x0b, 0x51, 0xd1, 0xb9, 0x59, 8, 9, 10, 11, 12, 13, 14, 15,
            ])
        #expect(sample.kernelFrames.isEmpty)
    }

    @Test func `a stack is as long as what was copied`() throws {
        guard case .sample(let sample)? = read(Self.sample(kernel: nil)).first else {
            Issue.record("no sample")
            return
        }
        #expect(sample.stack == Self.bytes([0x1111, 0x2222]))
    }

    @Test func `frames of the kernel come without their markers`() throws {
        // PERF_CONTEXT_KERNEL is -128.
        let frames: [UInt64] = [UInt64(bitPattern: -128), 0xffff_ffff_8100_0000]
        let record = Self.sample(kernel: frames)
        guard case .sample(let sample)? = read(record, hasKernelFrames: true).first else {
            Issue.record("no sample")
            return
        }
        #expect(sample.kernelFrames == [0xffff_ffff_8100_0000])
        #expect(sample.programCounter == 0x401000)
    }

    @Test func `a thread of the kernel has no user space`() throws {
        let record = Self.sample(kernel: nil, abi: 0, stack: [])
        guard case .sample(let sample)? = read(record).first else {
            Issue.record("no sample")
            return
        }
        #expect(sample.programCounter == nil)
        #expect(sample.stack.isEmpty)
    }

    @Test func `names, losses and processes are told`() {
        let name: UInt64 = 0x74  // "t"
        #expect(
            read(Self.record(type: 3, [1234 | 1235 << 32, name])) == [
                .named(process: 1234, thread: 1235, name: "t")
            ])
        #expect(read(Self.record(type: 13, [42])) == [.lost(42)])
        #expect(read(Self.record(type: 2, [0, 42])) == [.lost(42), .task(.lost(42))])
        #expect(
            read(Self.record(type: 7, [1234 | 1 << 32, 1236 | 1 << 32, 0])) == [
                .task(.forked(process: 1234, thread: 1236, parent: 1))
            ])
    }

    @Test func `the time is in a sample, and behind all else`() {
        func time(_ bytes: [UInt8]) -> UInt64 { PerfRecord.time(of: bytes.span.bytes) }
        #expect(time(Self.sample(kernel: nil)) == 99)
        let fork: [UInt64] = [1234 | 1 << 32, 1236 | 1 << 32, 5, 1234 | 1235 << 32, 98]
        #expect(time(Self.record(type: 7, fork)) == 98)
        #expect(time(Array(Self.sample(kernel: nil).prefix(30))) == 0)
        #expect(time([9, 0, 0, 0]) == 0)
    }

    @Test func `records of several rings come in their order in time`() {
        var queue = PerfRecordQueue()
        queue.add([.lost(3), .lost(4)], at: 30)
        queue.add([.lost(6)], at: 60)
        queue.add([.lost(1)], at: 10)
        queue.add([.lost(5)], at: 30)
        #expect(queue.take(until: 9) == [])
        #expect(queue.take(until: 30) == [.lost(1), .lost(3), .lost(4), .lost(5)])
        queue.add([.lost(2)], at: 20)
        #expect(queue.take(until: 60) == [.lost(2), .lost(6)])
        #expect(queue.take(until: .max) == [])
    }

    /// Sizes and counts in the record that lead out of it.
    @Test(arguments: [UInt64(1) << 63, 1 << 32, 0xffff_ffff_ffff_ffff])
    func `sizes out of bounds are a lost sample`(size: UInt64) {
        var words: [UInt64] = [0, 0, 0, 2] + Self.registers
        words.append(size)
        #expect(read(Self.record(type: 9, words)) == [.lost(1)])
        #expect(
            read(Self.record(type: 9, [0, 0, 0, size]), hasKernelFrames: true) == [.lost(1)])
    }

    @Test func `every prefix of a sample is a lost one, or nothing`() {
        let whole = Self.sample(kernel: [0xffff_ffff_8100_0000])
        for count in 0..<whole.count {
            let records = read(Array(whole.prefix(count)), hasKernelFrames: true)
            #expect(count < 8 ? records == [] : records == [.lost(1)], "\(count) bytes")
        }
    }
}
