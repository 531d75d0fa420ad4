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
        // kernel/bpf/arraymap.c: values are rounded up to 8 bytes, the whole to pages.
        stride = (map.valueSize + 7) & ~7
        count = map.capacity
        let page = sysconf(Int32(_SC_PAGESIZE))
        length = (stride * count + page - 1) / page * page
        let result = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, map.descriptor, 0)
        guard let result, result != MAP_FAILED else {
            throw BPFError("map the values of the BPF map \(map.name)", errno: errno)
        }
        memory = result
    }

    deinit {
        munmap(memory, length)
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
