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

    /// Whether the symbol is of something at an address of the image.
    var isDefined: Bool {
        section != Section.undefined && section != Section.absolute && section != Section.common
    }

    /// Decodes the `Elf64_Sym` of a number, which must be within the bytes of the table.
    ///
    /// Checked by the span, but without the bookkeeping of a cursor: tables have hundreds of
    /// thousands.
    init(_ number: Int, in table: RawSpan, isLittleEndian: Bool) {
        let start = number * Int(Self.size)
        func load<Value: FixedWidthInteger & BitwiseCopyable>(
            _ offset: Int, as type: Value.Type
        ) -> Value {
            let value = table.unsafeLoadUnaligned(fromByteOffset: start + offset, as: type)
            return isLittleEndian ? Value(littleEndian: value) : Value(bigEndian: value)
        }
        nameOffset = load(0, as: UInt32.self)
        let info = load(4, as: UInt8.self)
        kind = info & 0xf
        binding = SymbolBinding(code: info >> 4)
        section = load(6, as: UInt16.self)  // st_other before it: visibility
        value = load(8, as: UInt64.self)
        size = load(16, as: UInt64.self)
    }
}
