import Testing

@testable import Bytes

@Suite struct ByteCursorTests {
    private let bytes: [UInt8] = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x61, 0x62, 0x00]

    @Test(
        arguments: [
            (.little, 0x0201, 0x0403_0201, 0x0807_0605_0403_0201),
            (.big, 0x0102, 0x0102_0304, 0x0102_0304_0506_0708),
        ] as [(ByteOrder, UInt16, UInt32, UInt64)])
    func `reads integers in either byte order`(
        order: ByteOrder, short: UInt16, word: UInt32, long: UInt64
    ) throws {
        var cursor = ByteCursor(bytes.span.bytes, byteOrder: order)
        #expect(try cursor.readUInt8() == 1)
        try cursor.seek(to: 0)
        #expect(try cursor.readUInt16() == short)
        try cursor.seek(to: 0)
        #expect(try cursor.readUInt32() == word)
        try cursor.seek(to: 0)
        #expect(try cursor.readUInt64() == long)
        #expect(cursor.position == 8)
    }

    @Test func `reads strings and bytes without copying past their end`() throws {
        var cursor = ByteCursor(bytes.span.bytes)
        #expect(try cursor.readBytes(8).array == Array(bytes.prefix(8)))
        #expect(try cursor.readCString().text == "ab")
        #expect(cursor.remaining == 0)
    }

    @Test func `an integer cut off anywhere is an error with the offset, and nothing is read`() {
        for count in 0..<8 {
            let prefix = Array(bytes.prefix(count))
            var cursor = ByteCursor(prefix.span.bytes, origin: 0x100)
            let error = #expect(throws: ByteError.self) { try cursor.readUInt64() }
            #expect(error == ByteError(.truncated(needed: 8), at: 0x100))
            #expect(cursor.position == 0)
        }
    }

    @Test func `counts and offsets near 2^64 are errors`() {
        var cursor = ByteCursor(bytes.span.bytes)
        #expect(throws: ByteError.self) { try cursor.skip(.max) }
        #expect(throws: ByteError.self) { try cursor.seek(to: .max) }
        #expect(throws: ByteError.self) { _ = try cursor.readBytes(.max).byteCount }
        #expect(throws: ByteError.self) {
            _ = try bytes.span.bytes.slice(at: .max, count: 2).byteCount
        }
        #expect(throws: ByteError.self) {
            _ = try bytes.span.bytes.slice(at: 2, count: .max).byteCount
        }
    }

    @Test func `a string without an end is an error`() {
        let text: [UInt8] = [0x61, 0x62]
        var cursor = ByteCursor(text.span.bytes)
        let error = #expect(throws: ByteError.self) { _ = try cursor.readCString().byteCount }
        #expect(error?.description == "string without an end at offset 0x0")
    }

    @Test(arguments: [(0, 0), (1, 4), (4, 4), (9, 11)])
    func `aligning stops at the end`(start: Int, expected: Int) throws {
        var cursor = ByteCursor(bytes.span.bytes)
        try cursor.skip(UInt64(start))
        cursor.align(to: 4)
        #expect(cursor.position == expected)
    }
}
