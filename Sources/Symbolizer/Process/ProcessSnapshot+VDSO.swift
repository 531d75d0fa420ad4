extension ProcessSnapshot {
    /// The mapping of the code that the kernel lends every process (vdso(7)), if it has it.
    package var vdso: ProcessMapping? { mappings.first { $0.kind == .vdso } }

    /// The vDSO of the process as an image, read from its memory: no file has it. Its first byte
    /// is the first one of the mapping.
    ///
    /// - Returns: nil if the process has none, has exited, or may not be examined.
    package func readVDSO() -> ELFImage? {
        guard let vdso, let bytes = ProcessMemory.bytes(of: vdso, in: process.id) else {
            return nil
        }
        return try? ELFImage(bytes: bytes, name: vdso.path)
    }
}
