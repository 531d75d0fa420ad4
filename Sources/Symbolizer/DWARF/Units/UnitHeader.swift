/// What a unit of `.debug_info` begins with (DWARF 5, section 7.5.1).
struct UnitHeader: Sendable {
    /// What a unit is for (`DW_UT_…`).
    enum Kind: Sendable {
        /// A source file's entries, or those of several.
        case compile
        /// Entries that other units import or refer to; before DWARF 5 `compile` is told instead.
        case partial
        /// What is left of a unit whose entries are in a split file.
        case skeleton
        /// The entries of a skeleton.
        case splitCompile
        /// A type of its own.
        case type
        /// Of a version or kind that is not known.
        case unknown
    }

    /// Where the unit starts in its section.
    let offset: UInt64
    /// Where the next unit starts.
    let end: UInt64
    /// Where its first entry is.
    let entries: UInt64
    /// How its integers are written.
    let encoding: UnitEncoding
    /// What it is for.
    let kind: Kind
    /// Where its abbreviations are.
    let abbreviations: UInt64
    /// What a skeleton and its split unit have in common (`dwo_id`), from DWARF 5 on.
    let splitID: UInt64?
    /// Where its parts of other sections start, in a package of split units.
    var contributions = Contributions()

    /// Where the parts of the other sections start that belong to a unit of a package.
    struct Contributions: Sendable {
        /// In `.debug_abbrev.dwo`.
        var abbreviations: UInt64 = 0
        /// In `.debug_str_offsets.dwo`.
        var stringOffsets: UInt64 = 0
        /// In `.debug_rnglists.dwo`.
        var rangeLists: UInt64 = 0
    }

    /// Where its abbreviations are in their section.
    var abbreviationOffset: UInt64 { abbreviations &+ contributions.abbreviations }
}

extension UnitHeader {
    /// Decodes the header at an offset of the section, or fails where there is none.
    ///
    /// A unit that reaches beyond the section ends with it; one of an unknown version is a unit
    /// of an unknown kind, so that those after it are found.
    init?(parsing section: RawSpan, at offset: UInt64) {
        var cursor = SectionCursor(section, at: offset)
        guard let (length, offsetSize) = cursor.readUnitLength() else { return nil }
        self.offset = offset
        end = cursor.offset + min(length, UInt64(cursor.end) - cursor.offset)
        cursor.limit(to: end)
        let version = cursor.readUInt16()
        var kind = Kind.unknown
        var addressSize: UInt8 = 0
        if version == 5 {
            kind = Kind(code: cursor.readUInt8())
            addressSize = cursor.readUInt8()
        }
        abbreviations = cursor.readUnsigned(size: offsetSize)
        if (2...4).contains(version) {
            kind = .compile
            addressSize = cursor.readUInt8()
        }
        splitID = kind == .skeleton || kind == .splitCompile ? cursor.readUInt64() : nil
        if !cursor.isValid || (addressSize != 4 && addressSize != 8) { kind = .unknown }
        self.kind = kind
        entries = cursor.offset
        encoding = UnitEncoding(
            version: UInt8(clamping: version), addressSize: addressSize, offsetSize: offsetSize)
    }

    /// Decodes the headers of all units of a section, in their order.
    static func all(in section: RawSpan) -> [UnitHeader] {
        var headers: [UnitHeader] = []
        var offset: UInt64 = 0
        while offset < UInt64(section.byteCount),
            let header = UnitHeader(parsing: section, at: offset)
        {
            headers.append(header)
            offset = header.end
        }
        return headers
    }
}

extension UnitHeader.Kind {
    fileprivate init(code: UInt8) {
        self =
            switch code {
            case 1: .compile
            case 2, 6: .type
            case 3: .partial
            case 4: .skeleton
            case 5: .splitCompile
            default: .unknown
            }
    }
}

extension SectionCursor {
    /// Reads the length of what follows and the size of offsets in it (DWARF 5, section 7.4), or
    /// nil for a reserved length.
    mutating func readUnitLength() -> (length: UInt64, offsetSize: UInt8)? {
        let length = readUInt32()
        let result: (UInt64, UInt8)? =
            switch length {
            case 0xffff_ffff: (readUInt64(), 8)
            case 0xffff_fff0...: nil
            default: (UInt64(length), 4)
            }
        return isValid ? result : nil
    }
}
