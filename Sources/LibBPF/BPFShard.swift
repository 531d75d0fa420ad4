internal import CLibBPF
internal import Glibc

/// An array map that is a value of another map, made while programs run: one value, mapped into
/// this process.
package struct BPFShard: ~Copyable {
    /// What it holds; the outer map keeps the map itself alive.
    package let values: MappedArray

    /// Makes a map and puts it into a map of maps.
    ///
    /// - Parameters:
    ///   - index: Which of the outer map's values it becomes.
    ///   - outer: The map of maps.
    ///   - valueSize: The size of its one value in bytes, as the outer map's declaration says.
    ///   - isMapped: Whether the kernel can map it.
    /// - Throws: `BPFError` if the kernel has no room for it.
    package init(
        at index: Int, of outer: borrowing BPFMap, valueSize: Int, isMapped: Bool
    ) throws(BPFError) {
        let name = outer.name
        let descriptor = try BPFLog.check("make a part of the BPF map \(name)") {
            var options = bpf_map_create_opts()
            options.sz = MemoryLayout<bpf_map_create_opts>.size
            options.map_flags = isMapped ? UInt32(BPF_F_MMAPABLE) : 0
            let descriptor = bpf_map_create(
                BPF_MAP_TYPE_ARRAY, "uprof_shard", 4, UInt32(valueSize), 1, &options)
            return descriptor < 0 ? -errno : descriptor
        }
        defer { close(descriptor) }
        var (key, value) = (UInt32(index), descriptor)
        guard bpf_map_update_elem(outer.descriptor, &key, &value, UInt64(BPF_ANY)) == 0 else {
            throw BPFError("change the BPF map \(name)", errno: errno)
        }
        values = try MappedArray(
            descriptor: descriptor, valueSize: valueSize, count: 1, isMapped: isMapped, name: name)
    }
}
