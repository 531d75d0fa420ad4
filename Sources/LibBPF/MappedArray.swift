internal import CLibBPF
internal import Glibc

/// An array map's values, mapped into this process (`BPF_F_MMAPABLE`, Linux 5.5).
///
/// BPF programs and this process then work on the same memory, so that a value can be taken out
/// atomically while programs go on counting.
package struct MappedArray: ~Copyable {
    private let memory: UnsafeMutableRawPointer
    private let length: Int
    private let stride: Int

    /// How many values there are.
    package let count: Int

    /// Maps the values of a map.
    ///
    /// - Throws: `BPFError` if the map cannot be mapped.
    package init(_ map: borrowing BPFMap) throws(BPFError) {
        try self.init(
            descriptor: map.descriptor, valueSize: map.valueSize, count: map.capacity,
            name: map.name)
    }

    /// Maps the values of a map that is known by its descriptor.
    ///
    /// - Throws: `BPFError` if the map cannot be mapped.
    init(descriptor: Int32, valueSize: Int, count: Int, name: String) throws(BPFError) {
        // kernel/bpf/arraymap.c: values are rounded up to 8 bytes, the whole to pages.
        stride = (valueSize + 7) & ~7
        self.count = count
        let page = sysconf(Int32(_SC_PAGESIZE))
        length = (stride * count + page - 1) / page * page
        let result = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let result, result != MAP_FAILED else {
            throw BPFError("map the values of the BPF map \(name)", errno: errno)
        }
        memory = result
    }

    deinit {
        munmap(memory, length)
    }

    /// Sets a value, in place: programs can meet it half changed.
    package func store<Value: BitwiseCopyable>(_ value: Value, at index: Int) {
        precondition(index >= 0 && index < count, "no value \(index) among \(count)")
        precondition(MemoryLayout<Value>.size <= stride, "a value of another size")
        (memory + index * stride).storeBytes(of: value, as: Value.self)
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
    }

    /// Takes out all 64-bit words of a value, leaving zeros: what programs add meanwhile is
    /// either part of the result or of the next one.
    package func takeWords(at index: Int) -> [UInt64] {
        precondition(index >= 0 && index < count, "no value \(index) among \(count)")
        let words = (memory + index * stride).assumingMemoryBound(to: UInt64.self)
        return (0..<stride / 8).map { word in
            // Most buckets are empty: a plain look spares the exchange.
            words[word] == 0 ? 0 : uprof_take(words + word)
        }
    }
}
