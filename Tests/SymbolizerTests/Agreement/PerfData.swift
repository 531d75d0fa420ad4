import Foundation

/// The samples of a `perf.data` file, with the registers and the stacks that the kernel has copied.
///
/// Source: tools/perf/Documentation/perf.data-file-format.txt and include/uapi/linux/perf_event.h.
struct PerfData {
    /// What one sample is told from all others by.
    struct Moment: Hashable {
        var thread: UInt32
        var nanoseconds: UInt64
    }

    /// A thread that was interrupted.
    struct Sample {
        var moment: Moment
        var process: UInt32
        /// The registers by perf's numbers (`enum perf_event_x86_regs`).
        var registers: [Int: UInt64]
        /// The stack, from the stack pointer on.
        var stack: [UInt8]
    }

    /// Code that a process has mapped.
    struct Mapping {
        var process: UInt32
        var addresses: Range<UInt64>
        var offset: UInt64
        var path: String
    }

    private(set) var samples: [Sample] = []
    private(set) var mappings: [Mapping] = []

    private let bytes: Data
    private var sampleType: UInt64 = 0
    private var registerMask: UInt64 = 0

    /// Reads a file that `perf record --call-graph dwarf` has just written.
    ///
    /// - Throws: What keeps the file from being read.
    init(path: String) throws {
        bytes = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
        // The header: magic, sizes, and where the attributes and the records are.
        let attributes = Int(word(at: 24))
        sampleType = word(at: attributes + 24)
        registerMask = word(at: attributes + 80)
        var position = Int(word(at: 40))
        let end = min(position + Int(word(at: 48)), bytes.count)
        while position + 8 <= end {
            let size = Int(half(at: position + 4) >> 16)
            guard size >= 8, position + size <= end else { break }
            switch half(at: position) {
            case 9: readSample(at: position + 8)
            case 10: readMapping(at: position, size: size)
            default: break
            }
            position += size
        }
    }

    /// PERF_RECORD_SAMPLE: what is there is in the order of the bits of the type.
    private mutating func readSample(at start: Int) {
        var position = start
        func next() -> UInt64 {
            defer { position += 8 }
            return word(at: position)
        }
        var ids: UInt64 = 0
        var time: UInt64 = 0
        if has(16) { _ = next() }  // identifier
        if has(0) { _ = next() }  // instruction
        if has(1) { ids = next() }
        if has(2) { time = next() }
        for bit in [3, 6, 9, 7, 8] where has(bit) { _ = next() }  // address, ids, CPU, period
        if has(5) { position += 8 * (1 + Int(word(at: position))) }  // the kernel's call chain
        guard has(12), has(13), next() == 2 else { return }  // 64-bit registers
        var registers: [Int: UInt64] = [:]
        for number in 0..<64 where registerMask >> UInt64(number) & 1 == 1 {
            registers[number] = next()
        }
        let size = Int(next())
        let filled = size == 0 ? 0 : Int(word(at: position + size))
        samples.append(
            Sample(
                moment: Moment(thread: UInt32(ids >> 32), nanoseconds: time),
                process: UInt32(truncatingIfNeeded: ids), registers: registers,
                stack: [UInt8](bytes[position..<position + filled])))
    }

    /// PERF_RECORD_MMAP2 of code.
    private mutating func readMapping(at position: Int, size: Int) {
        let start = word(at: position + 16)
        guard half(at: position + 64) & 4 != 0 else { return }
        let name = bytes[position + 72..<position + size].prefix { $0 != 0 }
        mappings.append(
            Mapping(
                process: half(at: position + 8), addresses: start..<start + word(at: position + 24),
                offset: word(at: position + 32), path: String(decoding: name, as: UTF8.self)))
    }

    private func has(_ bit: Int) -> Bool { sampleType >> UInt64(bit) & 1 == 1 }

    private func half(at position: Int) -> UInt32 {
        bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: UInt32.self) }
    }

    private func word(at position: Int) -> UInt64 {
        bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: UInt64.self) }
    }
}
