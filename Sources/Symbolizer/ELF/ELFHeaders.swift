internal import Bytes

/// The headers of a file: where everything else is.
struct ELFHeaders {
    let header: ELFHeader
    let segments: [ELFSegment]
    let sections: [ELFSection]

    /// Sections only Go binaries have; in a section-less one its note is what is left.
    static let goSections = [".go.buildinfo", ".note.go.buildid", ".gopclntab"]

    /// Decodes the headers of a file, of a machine that uprof supports unless any will do.
    ///
    /// - Throws: `ELFError.Reason` if it is not a 64-bit ELF file of such a machine, or its
    ///   segments are cut off.
    init(parsing bytes: RawSpan, ofAnyMachine: Bool = false) throws(ELFError.Reason) {
        do {
            header = try ELFHeader(parsing: bytes)
        } catch .notELF {
            throw Self.script(bytes) ?? .notELF
        }
        if case .other = header.machine, !ofAnyMachine { throw .unsupportedMachine(header.machine) }
        do {
            segments = try Self.segments(header: header, in: bytes)
        } catch {
            throw .malformed(error)
        }
        sections = Self.sections(header: header, in: bytes)
        guard !segments.isEmpty || !sections.isEmpty else { throw .noContents }
    }

    /// The interpreter named after `#!`, of a file that is not ELF.
    private static func script(_ bytes: RawSpan) -> ELFError.Reason? {
        guard bytes.byte(at: 0) == UInt8(ascii: "#"), bytes.byte(at: 1) == UInt8(ascii: "!") else {
            return nil
        }
        let end = bytes.firstOffset(of: UInt8(ascii: "\n")) ?? bytes.byteCount
        let line = bytes.extracting(2..<min(end, 256, bytes.byteCount)).text
        guard let word = line.split(whereSeparator: \.isWhitespace).first else { return nil }
        return .script(interpreter: String(word))
    }

    private static func segments(
        header: ELFHeader, in bytes: RawSpan
    ) throws(ByteError) -> [ELFSegment] {
        let table = header.segmentTable
        guard table.count > 0, table.entrySize >= ELFSegment.entrySize else { return [] }
        // At most 2^32 entries of at most 2^16 bytes: no overflow, and the slice checks the rest.
        let span = try bytes.slice(at: table.offset, count: table.count * table.entrySize)
        var cursor = ByteCursor(span, byteOrder: header.byteOrder, origin: table.offset)
        var segments: [ELFSegment] = []
        for index in 0..<table.count {
            try cursor.seek(to: index * table.entrySize)
            segments.append(try ELFSegment(parsing: &cursor))
        }
        return segments
    }

    /// The section headers, or none if the table is damaged: the loader does without them.
    private static func sections(header: ELFHeader, in bytes: RawSpan) -> [ELFSection] {
        let table = header.sectionTable
        let (size, overflow) = table.count.multipliedReportingOverflow(by: table.entrySize)
        guard table.offset != 0, table.entrySize >= ELFSection.headerSize, !overflow,
            let span = try? bytes.slice(at: table.offset, count: size)
        else { return [] }
        var cursor = ByteCursor(span, byteOrder: header.byteOrder, origin: table.offset)
        var unnamed: [ELFSection.Unnamed] = []
        for index in 0..<table.count {
            guard (try? cursor.seek(to: index * table.entrySize)) != nil,
                let section = try? ELFSection.Unnamed(parsing: &cursor)
            else { return [] }
            unnamed.append(section)
        }
        let index = Int(header.sectionNames)
        guard index < unnamed.count,
            let names = try? bytes.slice(
                at: unnamed[index].section.offset, count: unnamed[index].section.size)
        else { return unnamed.map(\.section) }
        var sections: [ELFSection] = []
        sections.reserveCapacity(unnamed.count)
        for entry in unnamed {
            let name = names.cString(at: UInt64(entry.nameOffset))?.text ?? ""
            sections.append(entry.section.named(name))
        }
        return sections
    }

    /// The path of the dynamic linker, if the file names one.
    func interpreter(in bytes: RawSpan) -> String? {
        guard let segment = segments.first(where: { $0.kind == .interpreter }),
            let span = try? bytes.slice(at: segment.offset, count: segment.fileSize)
        else { return nil }
        return span.cString(at: 0)?.text
    }

    /// What the dynamic linker is told, if anything.
    func dynamic(in bytes: RawSpan) -> ELFDynamic? {
        guard let segment = segments.first(where: { $0.kind == .dynamic }),
            let table = try? bytes.slice(at: segment.offset, count: segment.fileSize)
        else { return nil }
        return ELFDynamic(parsing: table, in: bytes, byteOrder: header.byteOrder) { address in
            Self.fileOffset(of: address, in: segments)
        }
    }

    /// The notes of all segments, and of all sections where no segment has any, as in a debug
    /// file, whose segments have no bytes.
    func notes(in bytes: RawSpan) -> [ELFNotes.Note] {
        var notes: [ELFNotes.Note] = []
        for segment in segments where segment.kind == .note {
            guard let span = try? bytes.slice(at: segment.offset, count: segment.fileSize) else {
                continue
            }
            notes += ELFNotes.parse(
                span, byteOrder: header.byteOrder, alignment: segment.alignment)
        }
        for section in sections where section.kind == .note {
            guard let span = try? bytes.slice(at: section.offset, count: section.size) else {
                continue
            }
            let alignment: UInt64 = section.name == ".note.gnu.property" ? 8 : 4
            notes += ELFNotes.parse(span, byteOrder: header.byteOrder, alignment: alignment)
        }
        return notes
    }

    /// The file offset of the byte at an address, if a loaded segment has it in the file.
    static func fileOffset(of address: UInt64, in segments: [ELFSegment]) -> UInt64? {
        for segment in segments where segment.kind == .load {
            guard let distance = segment.distance(to: address) else { continue }
            let (offset, overflow) = segment.offset.addingReportingOverflow(distance)
            if !overflow { return offset }
        }
        return nil
    }
}
