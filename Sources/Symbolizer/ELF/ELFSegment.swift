internal import Bytes

/// A program header: what the loader maps where, and where it finds its tables.
package struct ELFSegment: Hashable, Sendable {
    /// What a segment is for (`p_type`).
    package struct Kind: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Part of the memory image: `PT_LOAD`.
        package static let load = Kind(rawValue: 1)
        /// The dynamic linker's table: `PT_DYNAMIC`.
        package static let dynamic = Kind(rawValue: 2)
        /// The path of the dynamic linker: `PT_INTERP`.
        package static let interpreter = Kind(rawValue: 3)
        /// Notes, such as the build ID: `PT_NOTE`.
        package static let note = Kind(rawValue: 4)
        /// The template of thread-local storage: `PT_TLS`.
        package static let threadLocalStorage = Kind(rawValue: 7)
        /// The index of the unwind tables: `PT_GNU_EH_FRAME`.
        package static let unwindIndex = Kind(rawValue: 0x6474_e550)
    }

    /// What it is for.
    package let kind: Kind
    /// Whether its memory can be executed (`PF_X`).
    package let isExecutable: Bool
    /// Whether its memory can be written (`PF_W`).
    package let isWritable: Bool
    /// Where its bytes are in the file.
    package let offset: UInt64
    /// Where they are in memory.
    package let address: UInt64
    /// How many bytes of it the file has.
    package let fileSize: UInt64
    /// How many bytes it has in memory; those beyond `fileSize` are zero.
    package let memorySize: UInt64
    /// The alignment of its addresses.
    package let alignment: UInt64

    /// The distance of an address from the segment's start, if the file has the byte there.
    ///
    /// `p_memsz` must not be used here: what exceeds `p_filesz` has no place in the file.
    func distance(to address: UInt64) -> UInt64? {
        guard address >= self.address else { return nil }
        let distance = address - self.address
        return distance < fileSize ? distance : nil
    }

    /// The distance of a file offset from the segment's start, if it is inside.
    func distance(toOffset offset: UInt64) -> UInt64? {
        guard offset >= self.offset else { return nil }
        let distance = offset - self.offset
        return distance < fileSize ? distance : nil
    }
}

extension ELFSegment {
    /// The size of a program header (`Elf64_Phdr`).
    static let entrySize: UInt64 = 56

    /// Decodes an `Elf64_Phdr`.
    ///
    /// - Throws: `ByteError` if the bytes end within it.
    init(parsing cursor: inout ByteCursor) throws(ByteError) {
        kind = Kind(rawValue: try cursor.readUInt32())
        let flags = try cursor.readUInt32()
        isExecutable = flags & 1 != 0
        isWritable = flags & 2 != 0
        offset = try cursor.readUInt64()
        address = try cursor.readUInt64()
        try cursor.skip(8)  // p_paddr means nothing to user space
        fileSize = try cursor.readUInt64()
        memorySize = try cursor.readUInt64()
        alignment = try cursor.readUInt64()
    }
}
