internal import Bytes
package import Symbolizer

/// What a BPF object says of its programs' instructions: functions, source lines and CO-RE
/// relocations (the section `.BTF.ext`, Documentation/bpf/btf.rst, section 4).
package struct BTFExtension: Sendable {
    private let section: SectionBytes
    private let types: BTF
    private let byteOrder: ByteOrder
    /// Where functions, lines and, of newer compilers, relocations are.
    private let parts: [Range<UInt64>]

    /// The section of ELF files that holds it.
    package static let sectionName = ".BTF.ext"

    /// The length of a header that is old enough to know no relocations.
    private static let shortHeader: UInt32 = 24

    /// Reads the header of the section; names are among the strings of the object's types.
    ///
    /// - Throws: `BTFError` if it is damaged.
    package init(section: SectionBytes, types: BTF) throws(BTFError) {
        self.section = section
        self.types = types
        do {
            let bytes = section.bytes
            byteOrder = try BTFHeader.byteOrder(of: bytes)
            let (length, parts) = try Self.header(of: bytes, byteOrder: byteOrder)
            self.parts = try parts.map {
                try BTFHeader.part(of: section.bytes, after: length, at: $0)
            }
        } catch {
            throw Self.error(error, in: types)
        }
    }

    /// The functions, in the order of the file.
    ///
    /// - Throws: `BTFError` if they are damaged.
    package func functions() throws(BTFError) -> [ProgramFunction] {
        try records(of: 0, atLeast: 8) { section, cursor in
            ProgramFunction(
                section: section, instruction: try cursor.readUInt32(),
                type: BTFTypeID(try cursor.readUInt32()))
        }
    }

    /// The source lines, in the order of the file.
    ///
    /// - Throws: `BTFError` if they are damaged.
    package func lines() throws(BTFError) -> [ProgramLine] {
        try records(of: 1, atLeast: 16) { section, cursor in
            try ProgramLine(parsing: &cursor, section: section, types: types)
        }
    }

    /// The relocations, in the order of the file, which is the order they are applied in.
    ///
    /// - Throws: `BTFError` if they are damaged.
    package func relocations() throws(BTFError) -> [Relocation] {
        try records(of: 2, atLeast: 16) { section, cursor in
            try Relocation(parsing: &cursor, section: section, types: types)
        }
    }

    /// The length of the header, and where functions, lines and perhaps relocations are.
    private static func header(
        of bytes: RawSpan, byteOrder: ByteOrder
    ) throws -> (length: UInt32, parts: [(offset: UInt32, length: UInt32)]) {
        var cursor = ByteCursor(bytes, byteOrder: byteOrder)
        try cursor.skip(2)  // magic
        let version = try cursor.readUInt8()
        guard version == 1 else {
            throw BTFError.Reason.invalidHeader(field: "version", value: UInt64(version))
        }
        try cursor.skip(1)  // flags
        let length = try cursor.readUInt32()
        guard length >= shortHeader else {
            throw BTFError.Reason.invalidHeader(field: "length", value: UInt64(length))
        }
        var parts: [(offset: UInt32, length: UInt32)] = []
        for _ in 0..<(length >= shortHeader + 8 ? 3 : 2) {
            parts.append((try cursor.readUInt32(), try cursor.readUInt32()))
        }
        return (length, parts)
    }

    /// The records of a part: a record size, then for each section of programs its name, a count,
    /// and so many records.
    private func records<Record>(
        of part: Int, atLeast leastSize: UInt32,
        _ decode: (String, inout ByteCursor) throws -> Record
    ) throws(BTFError) -> [Record] {
        guard part < parts.count, !parts[part].isEmpty else { return [] }
        do {
            var records: [Record] = []
            let start = parts[part].lowerBound
            let bytes = try section.bytes.slice(at: start, count: UInt64(parts[part].count))
            var cursor = ByteCursor(bytes, byteOrder: byteOrder, origin: start)
            let size = try cursor.readUInt32()
            guard size >= leastSize else {
                throw BTFError.Reason.invalidHeader(field: "record size", value: UInt64(size))
            }
            while !cursor.isAtEnd {
                let name = try types.text(at: try cursor.readUInt32())
                for _ in 0..<(try cursor.readUInt32()) {
                    let offset = cursor.fileOffset
                    // Records may be longer than this version knows.
                    var record = ByteCursor(
                        try cursor.readBytes(UInt64(size)), byteOrder: byteOrder, origin: offset)
                    records.append(try decode(name, &record))
                }
            }
            return records
        } catch {
            throw Self.error(error, in: types)
        }
    }

    private static func error(_ error: any Error, in types: BTF) -> BTFError {
        switch error {
        case let error as BTFError: error
        case let error as BTFError.Reason: BTFError(file: types.name, reason: error)
        case let error as ByteError: BTFError(file: types.name, reason: .malformed(error))
        default: BTFError(file: types.name, reason: .notBTF)
        }
    }
}

extension ProgramLine {
    init(parsing cursor: inout ByteCursor, section: String, types: BTF) throws {
        self.section = section
        instruction = try cursor.readUInt32()
        file = try types.text(at: try cursor.readUInt32())
        text = try types.text(at: try cursor.readUInt32())
        let position = try cursor.readUInt32()
        line = position >> 10
        column = position & 0x3ff
    }
}

extension Relocation {
    init(parsing cursor: inout ByteCursor, section: String, types: BTF) throws {
        self.section = section
        instruction = try cursor.readUInt32()
        root = BTFTypeID(try cursor.readUInt32())
        access = try types.text(at: try cursor.readUInt32())
        let offset = cursor.fileOffset
        let code = try cursor.readUInt32()
        guard let kind = RelocationKind(rawValue: code) else {
            throw BTFError.Reason.unknownRelocation(code, offset: offset)
        }
        self.kind = kind
    }
}
