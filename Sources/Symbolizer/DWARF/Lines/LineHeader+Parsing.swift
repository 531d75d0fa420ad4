extension LineHeader {
    /// Decodes the header at an offset of `.debug_line`, or fails where there is none of a
    /// version that is known.
    ///
    /// Before DWARF 5, only the unit tells the size of addresses.
    init?(parsing section: RawSpan, at offset: UInt64, addressSize: UInt8) {
        var cursor = SectionCursor(section, at: offset)
        guard let (length, offsetSize) = cursor.readUnitLength() else { return nil }
        cursor.limit(to: cursor.offset.addingProduct(length, 1))
        let version = cursor.readUInt16()
        guard (2...5).contains(version) else { return nil }
        var addressSize = addressSize
        if version >= 5 {
            addressSize = cursor.readUInt8()
            cursor.skip(1)  // the size of segment selectors, which nobody uses
        }
        encoding = UnitEncoding(
            version: UInt8(version), addressSize: addressSize, offsetSize: offsetSize)
        let headerLength = cursor.readUnsigned(size: offsetSize)
        program = cursor.offset.addingProduct(headerLength, 1)
        end = UInt64(cursor.end)
        guard cursor.isValid, program <= end else { return nil }
        cursor.limit(to: program)
        readMachine(&cursor)
        if version >= 5 { readTables(&cursor) } else { readLists(&cursor) }
    }

    private mutating func readMachine(_ cursor: inout SectionCursor) {
        instructionSize = UInt64(cursor.readUInt8())
        if encoding.version >= 4 { operationsPerInstruction = UInt64(cursor.readUInt8()) }
        cursor.skip(1)  // whether rows are the start of statements
        lineBase = Int64(Int8(bitPattern: cursor.readUInt8()))
        lineRange = UInt64(cursor.readUInt8())
        opcodeBase = cursor.readUInt8()
        for _ in 1..<max(opcodeBase, 1) { operandCounts.append(cursor.readUInt8()) }
    }

    /// Reads the directories and files before DWARF 5: strings up to an empty one.
    private mutating func readLists(_ cursor: inout SectionCursor) {
        while let name = Self.readName(&cursor) { directories.append(name) }
        while let name = Self.readName(&cursor) { readFile(name, &cursor) }
    }

    /// Reads what follows the name of a file.
    mutating func readFile(_ name: StringLocation, _ cursor: inout SectionCursor) {
        let directory = cursor.readULEB128()
        cursor.skipLEB128()  // the time
        cursor.skipLEB128()  // the size
        if cursor.isValid { files.append(File(name: name, directory: directory)) }
    }

    /// Reads a string, or nil for an empty one, which ends a list.
    static func readName(_ cursor: inout SectionCursor) -> StringLocation? {
        let start = cursor.offset
        cursor.skipCString()
        return cursor.isValid && cursor.offset > start + 1 ? .inline(start) : nil
    }

    /// Reads the directories and files of DWARF 5: tables whose columns are described first.
    private mutating func readTables(_ cursor: inout SectionCursor) {
        readTable(&cursor) { directories.append($0.name) }
        readTable(&cursor) { files.append($0) }
    }

    private func readTable(_ cursor: inout SectionCursor, _ body: (File) -> Void) {
        var columns: [(content: UInt64, AttributeSpecification)] = []
        for _ in 0..<cursor.readUInt8() {
            let content = cursor.readULEB128()
            let form = Form(rawValue: UInt16(clamping: cursor.readULEB128()))
            columns.append((content, AttributeSpecification(name: .name, form: form, constant: 0)))
        }
        var count = cursor.readULEB128()
        while count > 0, cursor.isValid {
            let start = cursor.offset
            var file = File(name: .inline(start), directory: 0)
            for (content, specification) in columns {
                let value = cursor.read(specification, encoding)
                switch content {
                case 1: file.name = value.string ?? file.name  // DW_LNCT_path
                case 2: file.directory = value.number ?? 0  // DW_LNCT_directory_index
                default: break
                }
            }
            // Rows without bytes could be any number of them.
            guard cursor.isValid, cursor.offset > start else { return }
            body(file)
            count -= 1
        }
    }
}
