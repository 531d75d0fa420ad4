internal import CLibBPF
internal import Glibc

/// Keys and values as bytes, for maps of which only the object's file knows what is in them.
extension BPFMap {
    /// An entry: a key, and its value; of maps with a value for each processor, all of them.
    package struct Entry: Sendable, Equatable {
        /// The bytes of the key.
        package let key: [UInt8]
        /// The bytes of each value.
        package let values: [[UInt8]]

        /// Puts an entry together.
        package init(key: [UInt8], values: [[UInt8]]) {
            self.key = key
            self.values = values
        }
    }

    /// All entries, and how many could not be read: at about this moment, if programs still run.
    ///
    /// - Parameter isPerCPU: Whether each processor has a value of its own.
    /// - Returns: The entries, and the number of keys that were gone when their value was asked
    ///   for.
    /// - Throws: `BPFError` if the kernel refuses to list the keys.
    package func entries(
        isPerCPU: Bool
    ) throws(BPFError) -> (entries: [Entry], unread: Int) {
        var entries: [Entry] = []
        var seen: Set<[UInt8]> = []
        var unread = 0
        var last: [UInt8]?
        // A key removed while it is the cursor starts the walk anew: bounded by the capacity.
        for _ in 0..<max(capacity, 0) {
            guard let key = try key(after: last) else { break }
            last = key
            guard seen.insert(key).inserted else { continue }
            if let values = values(of: key, isPerCPU: isPerCPU) {
                entries.append(Entry(key: key, values: values))
            } else {
                unread += 1
            }
        }
        return (entries, unread)
    }

    /// Sets a part of a value that is there.
    ///
    /// - Throws: `BPFError` if there is none, or the kernel refuses.
    package func set(_ part: [UInt8], at offset: Int, of key: [UInt8]) throws(BPFError) {
        let operation = "change the BPF map \(name)"
        guard key.count == keySize, var value = values(of: key, isPerCPU: false)?.first,
            offset >= 0, offset <= value.count, part.count <= value.count - offset
        else { throw BPFError(operation, errno: ENOENT) }
        value.replaceSubrange(offset..<offset + part.count, with: part)
        guard bpf_map_update_elem(descriptor, key, value, UInt64(BPF_ANY)) == 0 else {
            throw BPFError(operation, errno: errno)
        }
    }

    private func key(after last: [UInt8]?) throws(BPFError) -> [UInt8]? {
        var next = [UInt8](repeating: 0, count: keySize)
        let result =
            if let last {
                bpf_map_get_next_key(descriptor, last, &next)
            } else {
                bpf_map_get_next_key(descriptor, nil, &next)
            }
        if result == 0 { return next }
        let reason = errno
        guard reason == ENOENT else { throw BPFError("read the BPF map \(name)", errno: reason) }
        return nil
    }

    /// kernel/bpf/syscall.c: the values of processors are each rounded up to 8 bytes.
    private func values(of key: [UInt8], isPerCPU: Bool) -> [[UInt8]]? {
        let stride = isPerCPU ? (valueSize + 7) & ~7 : valueSize
        guard let count = isPerCPU ? PossibleCPUs.count.map(Int.init) : 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: stride * count)
        guard bpf_map_lookup_elem(descriptor, key, &bytes) == 0 else { return nil }
        return (0..<count).map { Array(bytes[$0 * stride..<$0 * stride + valueSize]) }
    }
}
