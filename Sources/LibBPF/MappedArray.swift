internal import CLibBPF
internal import Glibc

/// An array map's values, mapped into this process (`BPF_F_MMAPABLE`, Linux 5.5).
///
/// BPF programs and this process then work on the same memory, so that a value can be taken out
/// atomically while programs go on counting. Of a map that is not to be mapped, this is a copy:
/// what is stored is written to the map too, and nothing can be taken out.
package struct MappedArray: ~Copyable {
    private let memory: UnsafeMutableRawPointer
    private let length: Int
    private let stride: Int
    /// What a copy is written to; nil where the memory is the map's own.
    private let copied: Int32?

    /// Whether the memory is the map's own.
    package var isMapped: Bool { copied == nil }

    /// How many values there are.
    package let count: Int

    /// Maps the values of a map.
    ///
    /// - Throws: `BPFError` if the map cannot be mapped.
    package init(_ map: borrowing BPFMap) throws(BPFError) {
        try self.init(
            descriptor: map.descriptor, valueSize: map.valueSize, count: map.capacity,
            isMapped: map.isMappable, name: map.name)
    }

    /// Maps the values of a map that is known by its descriptor.
    ///
    /// - Throws: `BPFError` if the map cannot be mapped.
    init(
        descriptor: Int32, valueSize: Int, count: Int, isMapped: Bool, name: String
    ) throws(BPFError) {
        // kernel/bpf/arraymap.c: values are rounded up to 8 bytes, the whole to pages.
        stride = (valueSize + 7) & ~7
        self.count = count
        let page = sysconf(Int32(_SC_PAGESIZE))
        length = (stride * count + page - 1) / page * page
        let operation = "map the values of the BPF map \(name)"
        let result =
            isMapped
            ? mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
            : mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let result, result != MAP_FAILED else { throw BPFError(operation, errno: errno) }
        let duplicate = isMapped ? nil : fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        if let duplicate, duplicate < 0 {
            let reason = errno
            munmap(result, length)
            throw BPFError(operation, errno: reason)
        }
        copied = duplicate
        memory = result
    }

    deinit {
        if let copied { close(copied) }
        munmap(memory, length)
    }

    /// Writes a value of a copy to the map: an array takes any value at any index it has.
    private func write(_ index: Int) {
        guard let copied else { return }
        var key = UInt32(index)
        bpf_map_update_elem(copied, &key, memory + index * stride, UInt64(BPF_ANY))
    }

    /// Sets a value, in place: programs can meet it half changed.
    package func store<Value: BitwiseCopyable>(_ value: Value, at index: Int) {
        precondition(index >= 0 && index < count, "no value \(index) among \(count)")
        precondition(MemoryLayout<Value>.size <= stride, "a value of another size")
        (memory + index * stride).storeBytes(of: value, as: Value.self)
        write(index)
    }

    /// Sets some values in a row, in place.
    package func store<Value: BitwiseCopyable>(_ values: [Value], from index: Int) {
        for (offset, value) in values.enumerated() { store(value, at: index + offset) }
    }

    /// Sets a part of a value, in place.
    ///
    /// - Parameters:
    ///   - elements: What it consists of.
    ///   - offset: Where the part starts in the value, in elements.
    ///   - index: Which value.
    package func store<Element: BitwiseCopyable>(
        _ elements: [Element], at offset: Int, of index: Int
    ) {
        precondition(index >= 0 && index < count, "no value \(index) among \(count)")
        let size = MemoryLayout<Element>.stride
        precondition(offset >= 0 && (offset + elements.count) * size <= stride, "out of the value")
        elements.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            (memory + index * stride + offset * size).copyMemory(
                from: start, byteCount: bytes.count)
        }
        write(index)
    }

    /// Takes out all 64-bit words of a value, leaving zeros: what programs add meanwhile is
    /// either part of the result or of the next one.
    package func takeWords(at index: Int) -> [UInt64] {
        precondition(index >= 0 && index < count, "no value \(index) among \(count)")
        precondition(isMapped, "nothing is taken out of a copy")
        let words = (memory + index * stride).assumingMemoryBound(to: UInt64.self)
        return (0..<stride / 8).map { word in
            // Most buckets are empty: a plain look spares the exchange.
            words[word] == 0 ? 0 : uprof_take(words + word)
        }
    }
}
