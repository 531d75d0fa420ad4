internal import CLibBPF
internal import Glibc

/// The ring that the records of a perf event go to, mapped into this process. The corresponding C
/// type is `struct perf_event_mmap_page`.
struct PerfRing: ~Copyable {
    /// The event, which owns the ring.
    let descriptor: Int32

    private let memory: UnsafeMutableRawPointer
    private let length: Int
    private let dataOffset: Int
    private let dataSize: Int

    /// Maps the ring of an event, whose descriptor it takes over.
    ///
    /// - Throws: `BPFError` if the kernel allows no ring of that size; the event is closed then.
    init(event descriptor: Int32, pages: Int) throws(BPFError) {
        precondition(pages > 0 && pages & (pages - 1) == 0, "a ring has a power of two of pages")
        let page = sysconf(Int32(_SC_PAGESIZE))
        let length = (1 + pages) * page
        let result = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let result, result != MAP_FAILED else {
            let reason = errno
            close(descriptor)
            throw BPFError("map the ring of a perf event", errno: reason)
        }
        self.descriptor = descriptor
        self.length = length
        dataOffset = page
        dataSize = pages * page
        memory = result
    }

    deinit {
        munmap(memory, length)
        close(descriptor)
    }

    /// Hands over all records there are, header included, without waiting.
    func consume(_ receive: (RawSpan) -> Void) {
        let head = uprof_perf_head(memory)
        var tail = uprof_perf_tail(memory)
        let data = UnsafeRawBufferPointer(start: memory + dataOffset, count: dataSize)
        // A record is a header of 8 bytes, whose last two are the size of the whole.
        while head &- tail >= 8 {
            let start = Int(tail % UInt64(dataSize))
            let size = Int(data.loadUnaligned(fromByteOffset: start + 6, as: UInt16.self))
            guard size >= 8, UInt64(size) <= head &- tail else { break }
            if start + size <= dataSize {
                receive(UnsafeRawBufferPointer(rebasing: data[start..<start + size]).bytes)
            } else {
                let joined = Array(data[start...]) + Array(data[..<(start + size - dataSize)])
                receive(joined.span.bytes)
            }
            tail &+= UInt64(size)
        }
        // What is left cannot be read: go on behind it.
        uprof_perf_set_tail(memory, head)
    }
}

/// A ring in a collection, which holds only what can be copied.
final class PerfRingBox {
    let ring: PerfRing

    init(_ ring: consuming PerfRing) {
        self.ring = ring
    }

    var descriptor: Int32 { ring.descriptor }
}
