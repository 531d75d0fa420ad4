import Testing

@testable import Symbolizer

/// Line programs written by hand: what compilers of this machine do not make.
@Suite struct LineProgramTests {
    /// A program after a header of version 4 with a line base of -3, a range of 12 and 10 as the
    /// first special opcode.
    private func program(
        _ opcodes: [UInt8], instructionSize: UInt8 = 1, operations: UInt8 = 1
    ) -> [UInt8] {
        let machine: [UInt8] = [instructionSize, operations, 1, 0xfd, 12, 10]
        let operandCounts: [UInt8] = [0, 1, 1, 1, 1, 0, 0, 0, 1]
        let directories = Array("include\0\0".utf8)
        let files = Array("a.c".utf8) + [0, 1, 0, 0, 0]
        let header = machine + operandCounts + directories + files
        let rest: [UInt8] = [4, 0, UInt8(header.count), 0, 0, 0] + header + opcodes
        return [UInt8(rest.count), 0, 0, 0] + rest
    }

    private func rows(of bytes: [UInt8], code: Range<UInt64> = 0..<0x10000) throws -> LineRows {
        var program = LineProgram(try header(of: bytes), code: CodeRanges([code]))
        return program.run(bytes.span.bytes)
    }

    private func header(of bytes: [UInt8]) throws -> LineHeader {
        let header = LineHeader(parsing: bytes.span.bytes, at: 0, addressSize: 8)
        return try #require(header)
    }

    private func setAddress(_ address: UInt8) -> [UInt8] {
        [0, 9, 2, address, 0, 0, 0, 0, 0, 0, 0]
    }

    private let end: [UInt8] = [0, 1, 1]

    @Test func `reads the files of the header`() throws {
        let header = try header(of: program([]))
        #expect(header.directories.count == 1)
        #expect(header.file(1)?.directory == 1)
        #expect(header.file(0) == nil)
        #expect(header.file(2) == nil)
    }

    @Test func `advances by standard and special opcodes`() throws {
        // Row 0x10: line 1. advance_pc 4, advance_line 9, copy: row 0x14, line 10. Special opcode
        // 10 + 12 * 2 + 5: 2 addresses and 2 lines on. const_add_pc: (255 - 10) / 12 = 20 on.
        let opcodes = setAddress(0x10) + [1, 2, 4, 3, 9, 1, 39, 8, 1, 2, 1] + end
        let rows = try rows(of: program(opcodes))
        let expected: [(UInt64, UInt32?)] = [
            (0xf, nil), (0x10, 1), (0x13, 1), (0x14, 10), (0x15, 10), (0x16, 12), (0x29, 12),
            (0x2a, 12), (0x2b, nil),
        ]
        for (address, line) in expected { #expect(rows.row(at: address)?.line == line) }
    }

    @Test func `addresses count instructions of more than a byte`() throws {
        let rows = try rows(
            of: program(setAddress(0x10) + [1, 2, 2, 3, 1, 1, 2, 1] + end, instructionSize: 4))
        #expect(rows.row(at: 0x17)?.line == 1)
        #expect(rows.row(at: 0x18)?.line == 2)
        #expect(rows.row(at: 0x1b)?.line == 2)
        #expect(rows.row(at: 0x1c) == nil)
    }

    @Test func `several operations share an instruction`() throws {
        // Three operations each: operations 2 and 4 are of instructions 0 and 1.
        let opcodes = setAddress(0x10) + [1, 2, 2, 3, 1, 1, 2, 2, 3, 1, 1, 2, 4] + end
        let rows = try rows(of: program(opcodes, instructionSize: 16, operations: 3))
        #expect(rows.row(at: 0x10)?.line == 2)
        #expect(rows.row(at: 0x20)?.line == 3)
        #expect(rows.row(at: 0x2f)?.line == 3)
        #expect(rows.row(at: 0x30) == nil)
    }

    @Test func `rows that go back are sorted`() throws {
        // The address goes from 0x20 to 0x28, and back to 0x24 by a second set_address.
        let opcodes =
            setAddress(0x20) + [1, 2, 8, 3, 4, 1] + setAddress(0x24) + [3, 1, 1]
            + setAddress(0x30) + end
        let rows = try rows(of: program(opcodes))
        #expect(rows.row(at: 0x20)?.line == 1)
        #expect(rows.row(at: 0x24)?.line == 6)
        #expect(rows.row(at: 0x28)?.line == 5)
        #expect(rows.row(at: 0x2f)?.line == 5)
    }

    @Test func `a sequence that does not start in code is left out`() throws {
        let opcodes =
            setAddress(0) + [1, 2, 0x70] + end + setAddress(0x20) + [3, 6, 1, 2, 2] + end
        let rows = try rows(of: program(opcodes), code: 0x10..<0x40)
        #expect(rows.row(at: 0x1f) == nil)
        #expect(rows.row(at: 0x20)?.line == 7)
    }

    @Test func `opcodes that are not known are skipped`() throws {
        // An extended opcode 0x80 of 3 bytes, and the standard opcode 9 read as a distance.
        let opcodes = setAddress(0x10) + [0, 3, 0x80, 1, 1, 3, 4, 1, 9, 3, 0, 1] + end
        let rows = try rows(of: program(opcodes))
        #expect(rows.row(at: 0x10)?.line == 5)
    }

    @Test func `tables of rows without bytes end`() throws {
        // Version 5: a directory table of 2^63 rows, whose one column has no bytes.
        let machine: [UInt8] = [1, 1, 1, 0xfd, 12, 1]
        let table: [UInt8] =
            [1, 1, 0x21] + [UInt8](repeating: 0x80, count: 9) + [1] + [0, 0]
        let contents = machine + table
        let rest: [UInt8] = [5, 0, 8, 0, UInt8(contents.count), 0, 0, 0] + contents
        let bytes = [UInt8(rest.count), 0, 0, 0] + rest
        let parsed = try header(of: bytes)
        #expect(parsed.directories.isEmpty)
    }
}
