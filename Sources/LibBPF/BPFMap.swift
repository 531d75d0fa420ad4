internal import CLibBPF
internal import Glibc

/// A borrowed view of a map in the kernel. The corresponding C type is `struct bpf_map`.
package struct BPFMap: ~Escapable {
    private let handle: OpaquePointer

    @_lifetime(borrow owner)
    init(handle: OpaquePointer, owner: borrowing BPFObject) {
        self.handle = handle
    }

    var name: String { String(cString: bpf_map__name(handle)) }
    var descriptor: Int32 { bpf_map__fd(handle) }
    var valueSize: Int { Int(bpf_map__value_size(handle)) }
    var keySize: Int { Int(bpf_map__key_size(handle)) }
    /// Whether its values can be mapped into a process.
    var isMappable: Bool { bpf_map__map_flags(handle) & UInt32(BPF_F_MMAPABLE) != 0 }
    var capacity: Int { Int(bpf_map__max_entries(handle)) }

    /// The value of a key, or nil where there is none; for maps without a flexible part.
    package func value<Key: BitwiseCopyable, Value: BitwiseCopyable>(
        of key: Key, as type: Value.Type
    ) -> Value? {
        bytes(of: key).map { bytes in
            bytes.withUnsafeBytes { $0.loadUnaligned(as: Value.self) }
        }
    }

    /// The bytes of the value of a key, or nil where there is none.
    package func bytes<Key: BitwiseCopyable>(of key: Key) -> [UInt8]? {
        precondition(MemoryLayout<Key>.size == keySize, "the key of \(name) has another size")
        var key = key
        var found = false
        let bytes = [UInt8](unsafeUninitializedCapacity: valueSize) { buffer, count in
            found = bpf_map_lookup_elem(descriptor, &key, buffer.baseAddress) == 0
            count = found ? buffer.count : 0
        }
        return found ? bytes : nil
    }

    /// Sets the value of a key.
    ///
    /// - Throws: `BPFError` if the map is full or has no such key.
    package func set<Key: BitwiseCopyable, Value: BitwiseCopyable>(
        _ value: Value, for key: Key
    ) throws(BPFError) {
        precondition(MemoryLayout<Key>.size == keySize, "the key of \(name) has another size")
        precondition(MemoryLayout<Value>.size == valueSize, "a value of \(name) has another size")
        var (key, value) = (key, value)
        guard bpf_map_update_elem(descriptor, &key, &value, UInt64(BPF_ANY)) == 0 else {
            throw BPFError("change the BPF map \(name)", errno: errno)
        }
    }

    /// Removes a key, if it is there.
    package func remove<Key: BitwiseCopyable>(_ key: Key) {
        precondition(MemoryLayout<Key>.size == keySize, "the key of \(name) has another size")
        var key = key
        bpf_map_delete_elem(descriptor, &key)
    }

    /// All keys of a hash map at about this moment; programs may add and remove some meanwhile.
    ///
    /// - Throws: `BPFError` if the kernel refuses to list them.
    package func keys<Key: BitwiseCopyable>(as type: Key.Type) throws(BPFError) -> [Key] {
        precondition(MemoryLayout<Key>.size == keySize, "the key of \(name) has another size")
        var keys: [Key] = []
        // A key removed while it is the cursor starts the walk anew: bounded by the capacity.
        while keys.count < capacity {
            var next = [UInt8](repeating: 0, count: keySize)
            let result: Int32
            if var last = keys.last {
                result = bpf_map_get_next_key(descriptor, &last, &next)
            } else {
                result = bpf_map_get_next_key(descriptor, nil, &next)
            }
            if result == -ENOENT || (result != 0 && errno == ENOENT) { break }
            guard result == 0 else { throw BPFError("read the BPF map \(name)", errno: result) }
            keys.append(next.withUnsafeBytes { $0.loadUnaligned(as: Key.self) })
        }
        return keys
    }
}
