internal import Bytes

/// A section header: what the linker and debuggers know about a range of the file.
package struct ELFSection: Hashable, Sendable {
    /// What a section holds (`sh_type`).
    package struct Kind: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// The first, unused header, which holds counts too large for the file header.
        package static let null = Kind(rawValue: 0)
        /// The full symbol table: `SHT_SYMTAB`.
        package static let symbolTable = Kind(rawValue: 2)
        /// Relocations with addends: `SHT_RELA`.
        package static let relocations = Kind(rawValue: 4)
        /// Notes: `SHT_NOTE`.
        package static let note = Kind(rawValue: 7)
        /// No bytes in the file: `SHT_NOBITS`.
        package static let noBits = Kind(rawValue: 8)
        /// The symbols of the dynamic linker: `SHT_DYNSYM`.
        package static let dynamicSymbolTable = Kind(rawValue: 11)
    }

    /// The name, empty where the table of names is damaged.
    package let name: String
    /// What it holds.
    package let kind: Kind
    /// Whether it is part of the memory image (`SHF_ALLOC`).
    package let isAllocated: Bool
    /// Whether its memory can be executed (`SHF_EXECINSTR`).
    package let isExecutable: Bool
    /// Whether its bytes are compressed (`SHF_COMPRESSED`).
    package let isCompressed: Bool
    /// Where it is in memory, 0 if it is not.
    package let address: UInt64
    /// Where its bytes are in the file.
    package let offset: UInt64
    /// How many bytes it has.
    package let size: UInt64
    /// The section it belongs to: the strings of a symbol table.
    package let link: UInt32
    /// More about it, by its kind.
    package let info: UInt32
    /// The size of one entry, of a table.
    package let entrySize: UInt64

    /// Whether it holds the stubs through which the image calls into others.
    var isLinkageTable: Bool { name == ".plt" || name.hasPrefix(".plt.") || name == ".iplt" }

    /// Whether an address of the image is inside.
    func contains(_ address: UInt64) -> Bool {
        isAllocated && address >= self.address && address - self.address < size
    }
}

extension ELFSection {
    /// The size of a section header (`Elf64_Shdr`).
    static let headerSize: UInt64 = 64

    /// A section header before its name is looked up, which takes another section.
    struct Unnamed {
        var nameOffset: UInt32 = 0
        var section: ELFSection

        /// Decodes an `Elf64_Shdr`.
        ///
        /// - Throws: `ByteError` if the bytes end within it.
        init(parsing cursor: inout ByteCursor) throws(ByteError) {
            nameOffset = try cursor.readUInt32()
            let kind = Kind(rawValue: try cursor.readUInt32())
            let flags = try cursor.readUInt64()
            let address = try cursor.readUInt64()
            let offset = try cursor.readUInt64()
            let size = try cursor.readUInt64()
            let link = try cursor.readUInt32()
            let info = try cursor.readUInt32()
            try cursor.skip(8)  // sh_addralign
            section = ELFSection(
                name: "", kind: kind, isAllocated: flags & 0x2 != 0,
                isExecutable: flags & 0x4 != 0, isCompressed: flags & 0x800 != 0,
                address: address, offset: offset, size: size, link: link, info: info,
                entrySize: try cursor.readUInt64())
        }
    }

    /// The same section with its name.
    func named(_ name: String) -> ELFSection {
        ELFSection(
            name: name, kind: kind, isAllocated: isAllocated, isExecutable: isExecutable,
            isCompressed: isCompressed, address: address, offset: offset, size: size, link: link,
            info: info, entrySize: entrySize)
    }
}
