internal import Bytes

/// A package of split units (`.dwp`), with an index by their identity (DWARF 5, section 7.3.5,
/// and version 2 of GCC's and binutils' own before it).
struct SplitPackage: Sendable {
    /// The file.
    let file: DebugFile

    private let index: SectionBytes
    private let version: UInt32
    private let columnCount: UInt64
    private let unitCount: UInt64
    private let slotCount: UInt64

    /// The size of the index's header.
    private static let headerSize: UInt64 = 16

    /// The columns of the index, by what they are in version 5 and in version 2.
    private enum Column {
        static let info: UInt32 = 1
        static let abbreviations: UInt32 = 3
        static let stringOffsets: UInt32 = 6
        static let rangeLists: UInt32 = 8
    }

    /// Reads the header of the index of a package, or fails if it has none.
    init?(_ source: any SectionSource) {
        guard let index = source.sectionBytes(named: ".debug_cu_index") else { return nil }
        var cursor = SectionCursor(index.bytes)
        version = cursor.readUInt32()
        columnCount = UInt64(cursor.readUInt32())
        unitCount = UInt64(cursor.readUInt32())
        slotCount = UInt64(cursor.readUInt32())
        guard cursor.isValid, version == 2 || version == 5, slotCount > 0,
            slotCount & (slotCount - 1) == 0
        else { return nil }
        self.index = index
        file = DebugFile(source, suffix: ".dwo", isPackage: true)
    }

    /// The header of a unit, with where its parts of the sections start.
    func header(ofUnit id: UInt64) -> UnitHeader? {
        guard let row = row(of: id), let offset = offset(Column.info, ofRow: row) else {
            return nil
        }
        let info = file.sections.info
        var header = UnitHeader(parsing: info.bytes, at: offset)
        header?.contributions.abbreviations = self.offset(Column.abbreviations, ofRow: row) ?? 0
        header?.contributions.stringOffsets = self.offset(Column.stringOffsets, ofRow: row) ?? 0
        if version == 5 {
            header?.contributions.rangeLists = self.offset(Column.rangeLists, ofRow: row) ?? 0
        }
        return header
    }

    /// The row of a unit in the tables, from the hash table that comes first.
    private func row(of id: UInt64) -> UInt64? {
        let mask = slotCount - 1
        let step = id >> 32 & mask | 1
        var slot = id & mask
        for _ in 0..<min(slotCount, UInt64(index.byteCount)) {
            let row = number(at: Self.headerSize + slotCount * 8 + slot * 4)
            guard let row, row > 0, row <= unitCount else { return nil }
            var cursor = SectionCursor(index.bytes, at: Self.headerSize + slot * 8)
            if cursor.readUInt64() == id { return UInt64(row) }
            slot = (slot + step) & mask
        }
        return nil
    }

    /// Where the part of a row starts in the section of a column.
    private func offset(_ section: UInt32, ofRow row: UInt64) -> UInt64? {
        let table = Self.headerSize + slotCount * 12
        for column in 0..<columnCount {
            guard let found = number(at: table + column * 4) else { return nil }
            if found == section {
                // The row of the sections' numbers is row 0, and row numbers begin with 1.
                // All three are below 2^32, which leaves no overflow but that by 4.
                let cell = row * columnCount + column
                return number(at: table.addingProduct(cell, 4)).map { UInt64($0) }
            }
        }
        return nil
    }

    private func number(at offset: UInt64) -> UInt32? {
        var cursor = SectionCursor(index.bytes, at: offset)
        let number = cursor.readUInt32()
        return cursor.isValid ? number : nil
    }
}
