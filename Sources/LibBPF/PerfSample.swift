internal import CLibBPF

/// A sample of a thread: where it was, its registers, and a copy of its stack.
///
/// Source: `PERF_RECORD_SAMPLE` in include/uapi/linux/perf_event.h.
package struct PerfSample: Sendable, Equatable {
    /// The process.
    package let process: Int32
    /// The thread.
    package let thread: Int32
    /// The addresses in the kernel, innermost first; empty in user space.
    package let kernelFrames: [UInt64]
    /// The program counter in user space; nil for a thread that has no user space, or a 32-bit
    /// one.
    package let programCounter: UInt64?
    /// The general registers in user space, in the order of DWARF's numbers.
    package let registers: [UInt64]
    /// The stack, from the stack pointer on.
    package let stack: [UInt8]

    /// PERF_SAMPLE_REGS_ABI_64.
    private static let abi64: UInt64 = 2
    /// From PERF_CONTEXT_MAX on, an address says what kind the following ones are.
    private static let markers = UInt64(bitPattern: -4095)...

    /// Reads a record whose kind is known to be a sample; nil if it is cut off.
    init?(record: RawSpan, hasKernelFrames: Bool) {
        var words = PerfWords(record, at: 8)
        // The instruction, the ids and the time.
        guard words.next() != nil, let ids = words.next(), words.next() != nil else { return nil }
        process = Int32(truncatingIfNeeded: ids)
        thread = Int32(truncatingIfNeeded: ids >> 32)
        var frames: [UInt64] = []
        if hasKernelFrames {
            guard let count = words.next(), let all = words.next(count) else { return nil }
            frames = all.filter { !Self.markers.contains($0) }
        }
        kernelFrames = frames
        guard let abi = words.next() else { return nil }
        guard abi == Self.abi64 else {
            (programCounter, registers, stack) = (nil, [], [])
            return
        }
        guard let values = words.next(UInt64(UPROF_SAMPLED_REGISTERS)) else { return nil }
        programCounter = values[8]
        registers = Self.order.map { values[$0] }
        guard let copy = words.nextBlock() else { return nil }
        stack = copy
    }

    /// Where the registers are among those of a sample (ax, bx, cx, dx, si, di, bp, sp, ip, r8 …
    /// r15), by DWARF's numbers.
    private static let order = [0, 3, 2, 1, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16]
}

/// Reads a record word by word.
private struct PerfWords: ~Escapable {
    private let record: RawSpan
    private var offset: Int

    @_lifetime(copy record)
    init(_ record: RawSpan, at offset: Int) {
        self.record = record
        self.offset = offset
    }

    /// The next word; nil at the end.
    @_lifetime(self: copy self)
    mutating func next() -> UInt64? {
        guard offset <= record.byteCount - 8 else { return nil }
        defer { offset += 8 }
        return record.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// As many words; nil if they are not all there.
    @_lifetime(self: copy self)
    mutating func next(_ count: UInt64) -> [UInt64]? {
        guard count <= UInt64((record.byteCount - offset) / 8) else { return nil }
        var words: [UInt64] = []
        words.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let word = next() else { return nil }
            words.append(word)
        }
        return words
    }

    /// A block with its size in front and, behind it, how much of it is filled in; nil if it is
    /// not all there.
    @_lifetime(self: copy self)
    mutating func nextBlock() -> [UInt8]? {
        guard let size = next() else { return nil }
        guard size > 0 else { return [] }
        guard size <= UInt64(record.byteCount - offset) else { return nil }
        let start = offset
        offset += Int(size)
        guard let filled = next(), filled <= size else { return nil }
        return record.extracting(start..<start + Int(filled)).withUnsafeBytes { Array($0) }
    }
}
