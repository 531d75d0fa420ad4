internal import Bytes

/// What the dynamic linker is told (`PT_DYNAMIC`), addresses already turned into file offsets.
struct ELFDynamic: Sendable {
    /// The libraries it needs, in order (`DT_NEEDED`).
    var neededLibraries: [String] = []
    /// What programs linked against it need (`DT_SONAME`).
    var libraryName: String?
    /// Whether it is a program, though of the kind of libraries (`DF_1_PIE`).
    var isProgram = false
    /// Where the symbols are (`DT_SYMTAB`).
    var symbolsOffset: UInt64?
    /// How many there are, from the hash tables: the format states it nowhere else.
    var symbolCount: UInt64 = 0
    /// Where the strings are (`DT_STRTAB`).
    var stringsOffset: UInt64?
    /// How many bytes they have (`DT_STRSZ`).
    var stringsSize: UInt64 = 0
    /// The relocations for the procedure linkage table (`DT_JMPREL`).
    var linkageRelocations: (offset: UInt64, size: UInt64)?
    /// All other relocations with addends (`DT_RELA`).
    var relocations: (offset: UInt64, size: UInt64)?

    private enum Tag {
        static let null: UInt64 = 0
        static let needed: UInt64 = 1
        static let linkageSize: UInt64 = 2
        static let hash: UInt64 = 4
        static let strings: UInt64 = 5
        static let symbols: UInt64 = 6
        static let relocations: UInt64 = 7
        static let relocationsSize: UInt64 = 8
        static let stringsSize: UInt64 = 10
        static let libraryName: UInt64 = 14
        static let linkage: UInt64 = 23
        static let gnuHash: UInt64 = 0x6fff_fef5
        static let flags1: UInt64 = 0x6fff_fffb
        static let programFlag: UInt64 = 0x0800_0000
    }

    /// Decodes the table; what is damaged is left out.
    ///
    /// - Parameters:
    ///   - table: The bytes of the table.
    ///   - file: All bytes of the file.
    ///   - byteOrder: The order of the bytes of its integers.
    ///   - offsetOf: The file offset of an address.
    init(
        parsing table: RawSpan, in file: RawSpan, byteOrder: ByteOrder,
        offsetOf: (UInt64) -> UInt64?
    ) {
        var needed: [UInt64] = []
        var libraryNameOffset: UInt64?
        var hash: UInt64?
        var gnuHash: UInt64?
        var (linkage, linkageSize) = (UInt64?.none, UInt64(0))
        var (others, othersSize) = (UInt64?.none, UInt64(0))
        var cursor = ByteCursor(table, byteOrder: byteOrder)
        while let tag = try? cursor.readUInt64(), tag != Tag.null,
            let value = try? cursor.readUInt64()
        {
            switch tag {
            case Tag.needed: needed.append(value)
            case Tag.libraryName: libraryNameOffset = value
            case Tag.strings: stringsOffset = offsetOf(value)
            case Tag.stringsSize: stringsSize = value
            case Tag.symbols: symbolsOffset = offsetOf(value)
            case Tag.hash: hash = offsetOf(value)
            case Tag.gnuHash: gnuHash = offsetOf(value)
            case Tag.linkage: linkage = offsetOf(value)
            case Tag.linkageSize: linkageSize = value
            case Tag.relocations: others = offsetOf(value)
            case Tag.relocationsSize: othersSize = value
            case Tag.flags1: isProgram = value & Tag.programFlag != 0
            default: break
            }
        }
        linkageRelocations = linkage.map { ($0, linkageSize) }
        relocations = others.map { ($0, othersSize) }
        if let stringsOffset, let strings = try? file.slice(at: stringsOffset, count: stringsSize) {
            neededLibraries = needed.compactMap { strings.cString(at: $0)?.text }
            libraryName = libraryNameOffset.flatMap { strings.cString(at: $0)?.text }
        }
        symbolCount =
            hash.flatMap { Self.symbolCount(ofHashTable: $0, in: file, byteOrder: byteOrder) }
            ?? gnuHash.flatMap { Self.symbolCount(ofGNUHash: $0, in: file, byteOrder: byteOrder) }
            ?? 0
    }

    /// The number of chains of a System V hash table, one for each symbol.
    private static func symbolCount(
        ofHashTable offset: UInt64, in file: RawSpan, byteOrder: ByteOrder
    ) -> UInt64? {
        guard let header = try? file.slice(at: offset, count: 8) else { return nil }
        var cursor = ByteCursor(header, byteOrder: byteOrder)
        guard (try? cursor.skip(4)) != nil, let count = try? cursor.readUInt32() else {
            return nil
        }
        return UInt64(count)
    }

    /// One more than the highest symbol of a GNU hash table: the end of the chain that starts
    /// last. Symbols it does not hash, the imported ones, come first in the table.
    private static func symbolCount(
        ofGNUHash offset: UInt64, in file: RawSpan, byteOrder: ByteOrder
    ) -> UInt64? {
        var cursor = ByteCursor(file, byteOrder: byteOrder)
        do {
            try cursor.seek(to: offset)
            let bucketCount = UInt64(try cursor.readUInt32())
            let firstHashed = UInt64(try cursor.readUInt32())
            let filterWords = UInt64(try cursor.readUInt32())
            try cursor.skip(4 + filterWords * 8)
            var highest: UInt64 = 0
            for _ in 0..<bucketCount {
                highest = max(highest, UInt64(try cursor.readUInt32()))
            }
            guard highest >= firstHashed else { return firstHashed }
            try cursor.skip((highest - firstHashed) * 4)
            while try cursor.readUInt32() & 1 == 0 { highest += 1 }
            return highest + 1
        } catch {
            return nil
        }
    }
}
