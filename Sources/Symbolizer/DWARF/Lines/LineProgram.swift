/// Runs a line program (DWARF 5, section 6.2.5), to turn it into rows.
///
/// Each byte of a program yields a row at most, so that time and memory are bounded by its size.
struct LineProgram {
    /// How to run it; files that the program itself defines are added.
    private(set) var header: LineHeader
    private let code: CodeRanges

    private var address: UInt64 = 0
    private var operation: UInt64 = 0
    private var file: UInt64 = 1
    private var line: UInt64 = 1
    private var column: UInt64 = 0

    private var rows: [LineRows.Row] = []
    private var sequences: [LineRows.Sequence] = []
    /// The sequence that is being made.
    private var start: UInt64 = 0
    private var firstRow = 0
    private var state = SequenceState.none
    private var isSorted = true

    private enum SequenceState {
        /// No row yet.
        case none
        /// Rows are kept.
        case kept
        /// Rows are dropped, as the linker has discarded the code.
        case dropped
    }

    /// Prepares the program with a header; sequences that start elsewhere than in code are left out.
    init(_ header: LineHeader, code: CodeRanges) {
        self.header = header
        self.code = code
    }

    /// Runs the program up to its end, or to what is damaged.
    mutating func run(_ section: RawSpan) -> LineRows {
        var cursor = SectionCursor(section, at: header.program)
        cursor.limit(to: header.end)
        rows.reserveCapacity(Int(header.end - header.program) / 3)
        while !cursor.isAtEnd {
            let opcode = cursor.readUInt8()
            if opcode >= header.opcodeBase {
                runSpecial(opcode)
            } else {
                runStandard(opcode, &cursor)
            }
        }
        return LineRows(rows: rows, sequences: sequences)
    }

    @inline(__always)
    private mutating func runSpecial(_ opcode: UInt8) {
        let adjusted = UInt64(opcode - header.opcodeBase)
        // A range of 0 is damage: without it nothing can be told about the line.
        let (advance, lines) =
            header.lineRange == 0
            ? (0, 0) : adjusted.quotientAndRemainder(dividingBy: header.lineRange)
        self.advance(by: advance)
        line = line &+ UInt64(bitPattern: header.lineBase &+ Int64(lines))
        addRow()
    }

    private mutating func runStandard(_ opcode: UInt8, _ cursor: inout SectionCursor) {
        switch opcode {
        case 0: runExtended(&cursor)
        case 1: addRow()  // DW_LNS_copy
        case 2: advance(by: cursor.readULEB128())  // DW_LNS_advance_pc
        case 3: line = line &+ UInt64(bitPattern: cursor.readSLEB128())  // DW_LNS_advance_line
        case 4: file = cursor.readULEB128()  // DW_LNS_set_file
        case 5: column = cursor.readULEB128()  // DW_LNS_set_column
        case 6, 7, 10, 11: break  // statements, blocks, prologues and epilogues
        case 8:  // DW_LNS_const_add_pc: as the last special opcode, without a row
            guard header.lineRange != 0 else { return }
            advance(by: UInt64(255 - header.opcodeBase) / header.lineRange)
        case 9:  // DW_LNS_fixed_advance_pc
            address = address &+ UInt64(cursor.readUInt16())
            operation = 0
        default:  // those with operands of which only the number is known, DW_LNS_set_isa too
            for _ in 0..<header.operandCounts[Int(opcode) - 1] { cursor.skipLEB128() }
        }
    }

    private mutating func runExtended(_ cursor: inout SectionCursor) {
        let length = cursor.readULEB128()
        let next = cursor.offset.addingProduct(length, 1)
        guard length > 0, next <= UInt64(cursor.end) else { return cursor.skip(length) }
        switch cursor.readUInt8() {
        case 1:  // DW_LNE_end_sequence
            endSequence()
        case 2:  // DW_LNE_set_address
            address = cursor.readUnsigned(size: UInt8(clamping: length - 1))
            operation = 0
        case 3:  // DW_LNE_define_file
            if let name = LineHeader.readName(&cursor) { header.readFile(name, &cursor) }
        default: break
        }
        cursor.seek(to: next)
    }

    @inline(__always)
    private mutating func advance(by count: UInt64) {
        guard header.operationsPerInstruction > 1 else {
            address = address &+ header.instructionSize &* count
            return
        }
        let operations = operation &+ count
        let instructions = operations / header.operationsPerInstruction
        address = address &+ header.instructionSize &* instructions
        operation = operations % header.operationsPerInstruction
    }

    @inline(__always)
    private mutating func addRow() {
        if state == .none { beginSequence() }
        guard state == .kept, let distance = UInt32(exactly: address &- start) else { return }
        let row = LineRows.Row(
            distance: distance, line: UInt32(truncatingIfNeeded: line),
            file: UInt32(clamping: file),
            column: UInt32(clamping: column))
        guard rows.count > firstRow else { return rows.append(row) }
        let last = rows[rows.count - 1]
        if last.distance == distance {
            // Of rows for one address, the last counts: the others have no instruction.
            rows[rows.count - 1] = row
        } else if last.line != row.line || last.file != row.file || last.column != row.column {
            isSorted = isSorted && last.distance < distance
            rows.append(row)
        }
    }

    private mutating func beginSequence() {
        start = address
        firstRow = rows.count
        isSorted = true
        state = code.contains(address) ? .kept : .dropped
    }

    private mutating func endSequence() {
        if state == .kept, address > start, rows.count > firstRow {
            if !isSorted { sortRows() }
            sequences.append(
                LineRows.Sequence(start: start, end: address, rows: firstRow..<rows.count))
        } else if state == .kept {
            rows.removeSubrange(firstRow...)
        }
        state = .none
        (address, operation, file, line, column) = (0, 0, 1, 1, 0)
    }

    /// Sorts the rows of a sequence that goes back; those of one address keep their order.
    private mutating func sortRows() {
        let sorted = rows[firstRow...].enumerated().sorted {
            ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset)
        }
        rows.replaceSubrange(firstRow..., with: sorted.map(\.element))
    }
}
