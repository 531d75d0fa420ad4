internal import Bytes

/// An entry of a symbol table (`Elf64_Sym`), its name still in the table of strings.
struct Symbol {
    /// What the symbol is the name of (the low half of `st_info`).
    enum Kind {
        static let none: UInt8 = 0
        static let object: UInt8 = 1
        static let function: UInt8 = 2
        static let common: UInt8 = 5
        static let threadLocal: UInt8 = 6
        static let indirectFunction: UInt8 = 10
    }

    /// The section numbers that are none (`st_shndx`).
    enum Section {
        static let undefined: UInt16 = 0
        static let absolute: UInt16 = 0xfff1
        static let common: UInt16 = 0xfff2
    }

    /// The size of an entry.
    static let size: UInt64 = 24

    var nameOffset: UInt32
    var kind: UInt8
    var binding: SymbolBinding
    var section: UInt16
    var value: UInt64
    var size: UInt64

    /// Decodes an `Elf64_Sym`.
    ///
    /// - Throws: `ByteError` if the bytes end within it.
    init(parsing cursor: inout ByteCursor) throws(ByteError) {
        nameOffset = try cursor.readUInt32()
        let info = try cursor.readUInt8()
        kind = info & 0xf
        binding = SymbolBinding(code: info >> 4)
        try cursor.skip(1)  // st_other: visibility
        section = try cursor.readUInt16()
        value = try cursor.readUInt64()
        size = try cursor.readUInt64()
    }
}
