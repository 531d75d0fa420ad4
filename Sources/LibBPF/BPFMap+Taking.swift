internal import CLibBPF
internal import Glibc

extension BPFMap {
    /// Takes everything out of a hash map, many entries with a call (`BPF_MAP_LOOKUP_AND_DELETE_BATCH`,
    /// Linux 5.6), or one by one. What programs add meanwhile is taken too, or stays for the next time.
    ///
    /// - Parameters:
    ///   - type: What the keys are read as.
    ///   - take: Is given each key and the bytes of its value.
    /// - Throws: `BPFError` if the kernel refuses.
    package func takeAll<Key: BitwiseCopyable>(
        keysAs type: Key.Type, _ take: (Key, RawSpan) -> Void
    ) throws(BPFError) {
        precondition(MemoryLayout<Key>.size == keySize, "the key of \(name) has another size")
        // The kernel takes whole buckets and wants room for each.
        let room = min(capacity, 1024)
        // Not cleared: mostly a small part of it is used, and pages never touched cost nothing.
        let keys = UnsafeMutableRawBufferPointer.allocate(
            byteCount: room * keySize, alignment: 8)
        let values = UnsafeMutableRawBufferPointer.allocate(
            byteCount: room * valueSize, alignment: 8)
        defer {
            keys.deallocate()
            values.deallocate()
        }
        var position: UInt32 = 0
        var isFirst = true
        while true {
            var count = UInt32(room)
            var next: UInt32 = 0
            let result =
                isFirst
                ? bpf_map_lookup_and_delete_batch(
                    descriptor, nil, &next, keys.baseAddress, values.baseAddress, &count, nil)
                : bpf_map_lookup_and_delete_batch(
                    descriptor, &position, &next, keys.baseAddress, values.baseAddress, &count,
                    nil)
            let reason = errno
            if isFirst, result != 0, [EINVAL, Self.notSupported].contains(reason) {
                return try takeSingly(keysAs: type, take)
            }
            guard result == 0 || reason == ENOENT else {
                throw BPFError("empty the BPF map \(name)", errno: reason)
            }
            for index in 0..<Int(count) {
                let key = keys.loadUnaligned(fromByteOffset: index * keySize, as: Key.self)
                let value = values[index * valueSize..<(index + 1) * valueSize]
                take(key, UnsafeRawBufferPointer(rebasing: value).bytes)
            }
            if result != 0 { return }
            position = next
            isFirst = false
        }
    }

    /// ENOTSUPP of include/linux/errno.h, which user space should never see, and does.
    private static let notSupported: Int32 = 524

    /// The same without the call that takes many.
    private func takeSingly<Key: BitwiseCopyable>(
        keysAs type: Key.Type, _ take: (Key, RawSpan) -> Void
    ) throws(BPFError) {
        for key in try keys(as: type) {
            guard let value = bytes(of: key) else { continue }
            take(key, value.span.bytes)
            remove(key)
        }
    }
}
