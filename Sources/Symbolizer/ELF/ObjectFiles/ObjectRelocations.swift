internal import Bytes

/// Puts addresses into the sections of an object file, as linking would.
///
/// Only relocations by absolute values, which are what debug information has.
struct ObjectRelocations {
    private let image: ELFImage
    private let table: SectionBytes
    private let symbols: SymbolTable

    /// An entry with an addend (`Elf64_Rela`).
    private struct Entry {
        static let size = 24
        var offset: UInt64
        var type: UInt32
        var symbol: UInt32
        var addend: UInt64
    }

    /// The relocations of a section, or nil if it has none.
    init?(ofSection index: Int, in image: ELFImage) {
        let found = image.sections.firstIndex {
            $0.kind == .relocations && Int($0.info) == index
        }
        guard let found, let table = image.plainBytes(ofSection: found),
            let symbols = SymbolTables.table(at: Int(image.sections[found].link), of: image)
        else { return nil }
        self.image = image
        self.table = table
        self.symbols = symbols
    }

    /// The bytes of the section with its relocations applied.
    func applied(to section: SectionBytes) -> SectionBytes {
        var bytes = section.bytes.array
        var cursor = ByteCursor(table.bytes, byteOrder: image.byteOrder)
        while let entry = Self.entry(&cursor) {
            guard let width = width(of: entry.type), let symbol = symbols.symbol(at: entry.symbol)
            else { continue }
            let value = image.address(of: symbol) &+ entry.addend
            guard let start = Int(exactly: entry.offset), start <= bytes.count - width,
                start >= 0
            else { continue }
            for index in 0..<width {
                let shift = UInt64(image.byteOrder == .little ? index : width - 1 - index) * 8
                bytes[start + index] = UInt8(truncatingIfNeeded: value >> shift)
            }
        }
        return SectionBytes(contents: bytes)
    }

    private static func entry(_ cursor: inout ByteCursor) -> Entry? {
        guard cursor.remaining >= Entry.size, let offset = try? cursor.readUInt64(),
            let info = try? cursor.readUInt64(), let addend = try? cursor.readUInt64()
        else { return nil }
        return Entry(
            offset: offset, type: UInt32(truncatingIfNeeded: info),
            symbol: UInt32(truncatingIfNeeded: info >> 32), addend: addend)
    }

    /// How many bytes a relocation writes; nil for one that is not by an absolute value.
    private func width(of type: UInt32) -> Int? {
        switch (image.machine, type) {
        case (.x86_64, 1), (.arm64, 257): 8  // R_X86_64_64, R_AARCH64_ABS64
        case (.x86_64, 10), (.x86_64, 11), (.arm64, 258): 4  // R_X86_64_32 and 32S, …_ABS32
        default: nil
        }
    }
}

extension ELFImage {
    /// The address of a symbol: in an object file, its value counts from the start of its section.
    func address(of symbol: Symbol) -> UInt64 {
        guard kind == .relocatable, Int(symbol.section) < sections.count else {
            return symbol.value
        }
        return sections[Int(symbol.section)].address &+ symbol.value
    }
}
