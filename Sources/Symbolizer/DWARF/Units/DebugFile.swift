internal import Bytes
internal import Synchronization

/// A file with debugging information: an image or its debug file, a supplementary file, a split
/// file, or a package of those.
///
/// What is decoded is shared by all units: abbreviations by their offset, names by their entry.
final class DebugFile: Sendable {
    /// What the file has.
    let sections: DebugSections
    /// The file that `DW_FORM_GNU_ref_alt` and its like refer to.
    let supplementary: DebugFile?

    private let isPackage: Bool
    private let allHeaders = Lazy<[UnitHeader]>()
    private let decoded = Mutex(Decoded())

    private struct Decoded {
        var tables: [TableKey: AbbreviationTable] = [:]
        var tableBytes = 0
        var searched: Set<TableKey> = []
        var names: [UInt64: EntryName] = [:]
    }

    private struct TableKey: Hashable {
        let offset: UInt64
        let encoding: UnitEncoding
    }

    /// Takes the sections of a file.
    init(
        _ source: any SectionSource, suffix: String = "", supplementary: DebugFile? = nil,
        isPackage: Bool = false
    ) {
        let sections = DebugSections(source, suffix: suffix)
        self.sections = sections
        self.supplementary = supplementary
        self.isPackage = isPackage
    }

    /// The headers of its units by their offset; none of a package, whose index leads to them.
    var headers: [UnitHeader] {
        allHeaders.value {
            guard !isPackage else { return [] }
            let info = sections.info
            return UnitHeader.all(in: info.bytes)
        }
    }

    /// The header of the unit that has the bytes at an offset.
    func header(containing offset: UInt64) -> UnitHeader? {
        let headers = headers
        let index = headers.partitionPoint { $0.offset <= offset } - 1
        guard index >= 0, offset < headers[index].end else { return nil }
        return headers[index]
    }

    /// The abbreviations of a unit, or nil if they are damaged beyond use.
    ///
    /// Tables that overlap, as no compiler makes them, are given up once they have cost eight
    /// times what the section has.
    func abbreviations(of header: UnitHeader) -> AbbreviationTable? {
        let key = TableKey(offset: header.abbreviationOffset, encoding: header.encoding)
        return decoded.withLock { decoded in
            if let table = decoded.tables[key] { return table }
            let section = sections.abbreviations
            guard decoded.tableBytes <= section.byteCount.saturatingProduct(8) else { return nil }
            let table = AbbreviationTable(
                parsing: section.bytes, at: key.offset, encoding: key.encoding)
            decoded.tableBytes += table.byteCount
            decoded.tables[key] = table
            return table
        }
    }

    /// The abbreviation of one code of a unit, alone if its table has not been decoded nor searched
    /// before: most tables are of one unit, of which mostly no more than the first entry is read.
    func abbreviation(_ code: UInt64, of header: UnitHeader) -> AbbreviationTable? {
        let key = TableKey(offset: header.abbreviationOffset, encoding: header.encoding)
        let section = sections.abbreviations
        let isNew = decoded.withLock { decoded in
            decoded.tables[key] == nil
                && decoded.tableBytes <= section.byteCount.saturatingProduct(8)
                && decoded.searched.insert(key).inserted
        }
        guard isNew else { return abbreviations(of: header) }
        let table = AbbreviationTable(
            parsing: section.bytes, at: key.offset, encoding: key.encoding, only: code)
        decoded.withLock { $0.tableBytes += table.byteCount }
        return table
    }

    /// The names of an entry that were found before.
    func knownName(of offset: UInt64) -> EntryName? {
        decoded.withLock { $0.names[offset] }
    }

    /// Remembers the names of an entry.
    func remember(_ name: EntryName, of offset: UInt64) {
        decoded.withLock { $0.names[offset] = name }
    }
}

extension Int {
    /// The product, or the largest number where that is too large.
    func saturatingProduct(_ factor: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        return overflow ? .max : product
    }
}
