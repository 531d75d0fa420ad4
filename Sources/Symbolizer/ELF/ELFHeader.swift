internal import Bytes

/// The file header (`Elf64_Ehdr`), with the counts that do not fit it resolved.
struct ELFHeader {
    let byteOrder: ByteOrder
    let kind: ELFKind
    let machine: ELFMachine
    let entry: UInt64
    let segmentTable: Table
    var sectionTable: Table
    /// The index of the section that holds the names of the sections.
    let sectionNames: UInt32

    /// A table the header points to.
    struct Table {
        var offset: UInt64
        var entrySize: UInt64
        var count: UInt64
    }

    /// A count of segments that is in the first section header instead (`PN_XNUM`).
    private static let segmentCountElsewhere: UInt16 = 0xffff
    /// An index of a section that is in the first section header instead (`SHN_XINDEX`).
    private static let sectionIndexElsewhere: UInt16 = 0xffff

    /// Decodes the header of a file.
    ///
    /// - Throws: `ELFError.Reason` if it is not the header of a 64-bit ELF file.
    init(parsing bytes: RawSpan) throws(ELFError.Reason) {
        byteOrder = try Self.byteOrder(ofIdentification: bytes)
        do {
            var cursor = ByteCursor(bytes, byteOrder: byteOrder)
            try cursor.skip(16)
            kind = ELFKind(code: try cursor.readUInt16())
            machine = ELFMachine(code: try cursor.readUInt16())
            try cursor.skip(4)  // e_version
            entry = try cursor.readUInt64()
            var segments = Table(offset: try cursor.readUInt64(), entrySize: 0, count: 0)
            var sections = Table(offset: try cursor.readUInt64(), entrySize: 0, count: 0)
            try cursor.skip(6)  // e_flags, e_ehsize
            segments.entrySize = UInt64(try cursor.readUInt16())
            let segmentCount = try cursor.readUInt16()
            sections.entrySize = UInt64(try cursor.readUInt16())
            let sectionCount = try cursor.readUInt16()
            let namesIndex = try cursor.readUInt16()

            // Where a count overflows, the first section header has it in a field of no other
            // use there: segments in sh_info, sections in sh_size, the names' index in sh_link.
            let first = Self.firstSection(of: bytes, at: sections.offset, byteOrder: byteOrder)
            segments.count =
                segmentCount == Self.segmentCountElsewhere
                ? UInt64(first?.info ?? 0) : UInt64(segmentCount)
            sections.count =
                sectionCount == 0 && sections.offset != 0
                ? first?.size ?? 0 : UInt64(sectionCount)
            sectionNames =
                namesIndex == Self.sectionIndexElsewhere ? first?.link ?? 0 : UInt32(namesIndex)
            segmentTable = segments
            sectionTable = sections
        } catch {
            throw .malformed(error)
        }
    }

    private static func byteOrder(
        ofIdentification bytes: RawSpan
    ) throws(ELFError.Reason) -> ByteOrder {
        guard bytes.byteCount > 0 else { throw .empty }
        guard bytes.byte(at: 0) == 0x7f, bytes.byte(at: 1) == UInt8(ascii: "E"),
            bytes.byte(at: 2) == UInt8(ascii: "L"), bytes.byte(at: 3) == UInt8(ascii: "F")
        else { throw .notELF }
        guard let width = bytes.byte(at: 4), let order = bytes.byte(at: 5) else {
            throw .malformed(ByteError(.truncated(needed: 2), at: 4))
        }
        guard width != 1 else { throw .is32Bit }
        guard width == 2 else { throw .invalidHeader(field: "class", value: UInt64(width)) }
        return switch order {
        case 1: .little
        case 2: .big
        default: throw .invalidHeader(field: "byte order", value: UInt64(order))
        }
    }

    private static func firstSection(
        of bytes: RawSpan, at offset: UInt64, byteOrder: ByteOrder
    ) -> ELFSection? {
        guard offset != 0,
            let header = try? bytes.slice(at: offset, count: ELFSection.headerSize)
        else { return nil }
        var cursor = ByteCursor(header, byteOrder: byteOrder, origin: offset)
        return try? ELFSection.Unnamed(parsing: &cursor).section
    }
}
