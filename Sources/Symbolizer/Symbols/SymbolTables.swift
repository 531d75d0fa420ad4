internal import Bytes
internal import Compression

/// Finds the symbol tables of an image.
struct SymbolTables: Sendable {
    /// The tables, best first.
    let all: [SymbolTable]

    /// MiniDebugInfo of the largest programs is a few megabytes.
    private static let largestMiniDebugInfo = 256 << 20

    /// Looks at all places an image can have symbols at.
    init(of image: ELFImage) {
        var tables: [SymbolTable] = []
        if let table = Self.table(.symbolTable, of: image, kind: .symbolTable) {
            tables.append(table)
        } else if let table = Self.miniDebugInfo(of: image) {
            tables.append(table)
        }
        if let table = Self.table(.dynamicSymbolTable, of: image, kind: .dynamicSymbolTable)
            ?? Self.dynamicTable(of: image)
        {
            tables.append(table)
        }
        all = tables
    }

    /// The full table of a debug file, and the dynamic linker's of the image.
    init(of image: ELFImage, debugFile: ELFImage, bias: UInt64) {
        let full = Self.table(.debugFile, of: debugFile, kind: .symbolTable, bias: bias)
        let own = SymbolTables(of: image).all
        all =
            full.map { table in
                [table] + own.filter { $0.source == .dynamicSymbolTable }
            } ?? own
    }

    private static func table(
        _ source: SymbolSource, of image: ELFImage, kind: ELFSection.Kind, bias: UInt64 = 0
    ) -> SymbolTable? {
        for index in image.sections.indices where image.sections[index].kind == kind {
            if let table = table(source, at: index, of: image, bias: bias) { return table }
        }
        return nil
    }

    /// The table in the section of a number, or nil if it is none.
    static func table(
        _ source: SymbolSource = .symbolTable, at index: Int, of image: ELFImage, bias: UInt64 = 0
    ) -> SymbolTable? {
        guard index < image.sections.count else { return nil }
        let section = image.sections[index]
        guard Int(section.link) < image.sections.count, section.entrySize == Symbol.size else {
            return nil
        }
        let strings = image.sections[Int(section.link)]
        // A debug file has the headers of all sections, but not the bytes of these.
        guard strings.kind != .noBits else { return nil }
        return SymbolTable(
            source, in: image.file, byteOrder: image.byteOrder,
            entries: (section.offset, section.size), strings: (strings.offset, strings.size),
            bias: bias)
    }

    /// The dynamic linker's symbols, found without section headers, as it finds them.
    private static func dynamicTable(of image: ELFImage) -> SymbolTable? {
        dynamicTable(of: image, count: image.dynamic?.symbolCount ?? 0)
    }

    /// As many of the dynamic linker's symbols, imported ones too, which no hash table counts.
    static func dynamicTable(of image: ELFImage, count: UInt64) -> SymbolTable? {
        let (size, overflow) = count.multipliedReportingOverflow(by: Symbol.size)
        guard let dynamic = image.dynamic, let symbols = dynamic.symbolsOffset,
            let strings = dynamic.stringsOffset, count > 0, !overflow
        else { return nil }
        return SymbolTable(
            .dynamicSymbolTable, in: image.file, byteOrder: image.byteOrder,
            entries: (symbols, size), strings: (strings, dynamic.stringsSize))
    }

    /// The dynamic linker's symbols by section headers.
    static func dynamicTable(inSectionsOf image: ELFImage) -> SymbolTable? {
        table(.dynamicSymbolTable, of: image, kind: .dynamicSymbolTable)
    }

    /// The symbols of the ELF file that is compressed into a section of this one.
    private static func miniDebugInfo(of image: ELFImage) -> SymbolTable? {
        guard let section = image.section(named: ".gnu_debugdata"),
            let compressed = image.contents(of: section),
            let bytes = XZ.decompress(compressed, limit: largestMiniDebugInfo),
            let inner = try? ELFImage(bytes: bytes, name: "\(image.name)(.gnu_debugdata)")
        else { return nil }
        return table(.miniDebugInfo, of: inner, kind: .symbolTable)
    }
}
